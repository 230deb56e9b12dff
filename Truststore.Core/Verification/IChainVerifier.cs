namespace Truststore;

/// <summary>Decides whether a peer's certificate chain is trusted. One implementation a platform; bring your own for anything else.</summary>
public interface IChainVerifier
{
    /// <summary>Judges a peer chain.</summary>
    /// <param name="request">The chain as sent, and everything the decision depends on.</param>
    /// <returns>The verdict. A bad certificate is a result, never an exception.</returns>
    /// <remarks>Implementations are thread-safe, keep nothing of the request's borrowed handles, and do no file or network I/O unless the request allows the network.</remarks>
    /// <exception cref="PlatformNotSupportedException">The request asks for something that this platform cannot do.</exception>
    ChainVerificationResult Verify(ChainVerificationRequest request);

    /// <summary>Which state of the trust store verdicts rest on; grows whenever the store changes, so that remembered verdicts are dropped then.</summary>
    /// <value>0 where the trust store never changes, or nobody can tell.</value>
    long TrustGeneration => 0;
}
