namespace Truststore.Benchmarks;

/// <summary>Who gives the first verdict of a process. All three trust the system's anchors and one root more.</summary>
internal enum ColdStartVariant
{
    /// <summary>X509Chain over the system's store, to which SSL_CERT_FILE adds the root; what a program without Truststore does that needs no anchors of its own.</summary>
    StockSystem,

    /// <summary>X509Chain with CustomRootTrust over a PEM file of the system's anchors and the root; what a program without Truststore does to add a root.</summary>
    StockCustomRoots,

    /// <summary>TlsContext.CreateDefault() and LoadVerifyLocations with the root.</summary>
    Truststore,
}
