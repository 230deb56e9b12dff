namespace Truststore.Platform.Windows.Trust;

/// <summary>What CryptoAPI said of a chain.</summary>
/// <param name="Chain">The chain that it has built.</param>
/// <param name="PolicyError">The HRESULT of CERT_CHAIN_POLICY_SSL; zero where the chain passes.</param>
/// <param name="PolicyElement">The position of the certificate that the policy objects to, or -1.</param>
internal sealed record NativeVerdict(NativeChain Chain, int PolicyError, int PolicyElement)
{
    /// <summary>The stricter of both answers: Wine's policy, for one, lets partial chains pass.</summary>
    internal bool IsTrusted => Chain is { ErrorStatus: 0, Elements.Count: > 0 } && Chain.Elements.All(element => element.ErrorStatus == 0) && PolicyError == 0;

    /// <summary>Whether other anchors may lead to another answer.</summary>
    internal bool LacksAnchor => (Chain.ErrorStatus & (StatusMapping.PartialChain | StatusMapping.UntrustedRoot)) != 0 && (Chain.ErrorStatus & (StatusMapping.ExplicitDistrust | StatusMapping.Revoked)) == 0;
}
