namespace Truststore;

/// <summary>Makes contexts over this machine's trust store.</summary>
public static class TlsContextExtensions
{
    extension(TlsContext)
    {
        /// <summary>
        /// Creates a context that judges servers by the operating system's trust store: certificates required, names checked, TLS 1.2 at least. Python: <c>ssl.create_default_context()</c> with truststore.
        /// </summary>
        /// <param name="useSystemAnchors">
        /// Whether the system's anchors count (<see cref="TlsContext.UseSystemAnchors"/>). With <see langword="false"/> they are not even looked for, so a machine without any will do;
        /// add your own by <see cref="TlsContext.LoadVerifyLocations(string?, string?, string?)"/>.
        /// </param>
        /// <returns>A context that can still be changed.</returns>
        /// <remarks>
        /// <see cref="TlsContext.VerifyFlags"/> has <see cref="TlsVerifyFlags.X509TrustedFirst"/> and <see cref="TlsVerifyFlags.X509PartialChain"/>, as Python 3.13's. Unlike there
        /// <see cref="TlsVerifyFlags.X509Strict"/> is off: what corporate proxies and private CAs issue rarely conforms.
        /// </remarks>
        /// <exception cref="PlatformNotSupportedException">There is no verifier for this platform.</exception>
        /// <exception cref="SystemAnchorsNotFoundException">The system's anchors are to count and there are none on this machine; the message says where they were looked for.</exception>
        public static TlsContext CreateDefault(bool useSystemAnchors = true)
        {
            if (useSystemAnchors)
            {
                _ = SystemTrust.Anchors; // Fail now, and not in the first handshake; and read the files now.
            }

            return new TlsContext(SystemTrust.Verifier)
            {
                UseSystemAnchors = useSystemAnchors,
                VerifyFlags = TlsVerifyFlags.X509TrustedFirst | TlsVerifyFlags.X509PartialChain,
            };
        }
    }
}
