namespace Truststore;

/// <summary>Makes contexts over this machine's trust store.</summary>
public static class TlsContextExtensions
{
    extension(TlsContext)
    {
        /// <summary>
        /// Creates a context that judges servers by the operating system's trust store: certificates required, names checked, TLS 1.2 at least. Python: <c>ssl.create_default_context()</c> with truststore.
        /// </summary>
        /// <returns>A context that can still be changed.</returns>
        /// <remarks>
        /// <see cref="TlsContext.VerifyFlags"/> has <see cref="TlsVerifyFlags.X509TrustedFirst"/> and <see cref="TlsVerifyFlags.X509PartialChain"/>, as Python 3.13's. Unlike there
        /// <see cref="TlsVerifyFlags.X509Strict"/> is off: what corporate proxies and private CAs issue rarely conforms.
        /// </remarks>
        /// <exception cref="PlatformNotSupportedException">There is no verifier for this platform.</exception>
        /// <exception cref="SystemAnchorsNotFoundException">There are no trust anchors on this machine; the message says where they were looked for.</exception>
        public static TlsContext CreateDefault() => new(SystemTrust.CreateVerifier())
        {
            VerifyFlags = TlsVerifyFlags.X509TrustedFirst | TlsVerifyFlags.X509PartialChain,
        };
    }
}
