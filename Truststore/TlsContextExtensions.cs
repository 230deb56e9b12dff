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

        /// <summary>
        /// Creates a context for a server, which shows the certificate of <see cref="TlsContext.LoadCertificateChain(string, string?, string?)"/> and asks clients for none: Python's
        /// <c>ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)</c>.
        /// </summary>
        /// <returns>A context that can still be changed.</returns>
        /// <remarks>
        /// To ask for clients' certificates, add the anchors that issue them by <see cref="TlsContext.LoadVerifyLocations(string?, string?, string?)"/> and set <see cref="TlsContext.VerifyMode"/>.
        /// The system's anchors do not count: public CAs say nothing about who may use a server.
        /// </remarks>
        /// <exception cref="PlatformNotSupportedException">There is no verifier for this platform.</exception>
        public static TlsContext CreateDefaultServer() => new(SystemTrust.Verifier, TlsRole.Server)
        {
            VerifyFlags = TlsVerifyFlags.X509TrustedFirst | TlsVerifyFlags.X509PartialChain,
        };
    }
}
