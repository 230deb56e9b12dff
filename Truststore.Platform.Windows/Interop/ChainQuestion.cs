namespace Truststore.Platform.Windows.Interop;

/// <summary>What CertGetCertificateChain is asked, besides the certificates.</summary>
/// <param name="Usage">The extended key usage, dotted.</param>
/// <param name="Time">The verification time.</param>
/// <param name="Flags">See <see cref="ChainFlags"/>.</param>
/// <param name="UrlRetrievalTimeout">How long one retrieval may take.</param>
internal sealed record ChainQuestion(string Usage, DateTimeOffset Time, uint Flags, TimeSpan UrlRetrievalTimeout);
