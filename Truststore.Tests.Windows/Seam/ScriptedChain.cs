using Truststore.Platform.Windows.Interop;

namespace Truststore.Tests.Windows.Seam;

/// <summary>What the substituted CryptoAPI answers about a chain.</summary>
/// <param name="Elements">The certificates, each with its trust status.</param>
internal sealed record ScriptedChain(params IReadOnlyList<(CertificateInfo Certificate, uint Status)> Elements)
{
    /// <summary>The trust status of the chain besides that of its certificates.</summary>
    internal uint Status { get; init; }

    /// <summary>The HRESULT of the policy.</summary>
    internal uint PolicyError { get; init; }

    /// <summary>What revocation providers found out about each certificate, an HRESULT; null where they were not asked.</summary>
    internal uint? RevocationResult { get; init; }

    internal static ScriptedChain Good(params IEnumerable<CertificateInfo> certificates) => new([.. certificates.Select(certificate => (certificate, 0u))]);

    /// <summary>Writes the chain as CryptoAPI lays it out.</summary>
    internal nint ToNative()
    {
        var elements = new nint[Elements.Count];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = NativeBlock.Of(new CertChainElement
            {
                CertContext = ToContext(Elements[i].Certificate),
                TrustStatus = new CertTrustStatus { ErrorStatus = Elements[i].Status },
                RevocationInfo = RevocationResult is { } result ? NativeBlock.Of(new CertRevocationInfo { RevocationResult = result }) : 0,
            });
        }

        var chain = NativeBlock.Of(new CertSimpleChain { ElementCount = (uint)elements.Length, Elements = NativeBlock.Of<nint>(elements) });
        return NativeBlock.Of(new CertChainContext
        {
            TrustStatus = new CertTrustStatus { ErrorStatus = Elements.Aggregate(Status, (status, element) => status | element.Status) },
            ChainCount = 1,
            Chains = NativeBlock.Of(chain),
        });
    }

    /// <summary>Writes a certificate as CryptoAPI lays it out.</summary>
    internal static nint ToContext(CertificateInfo certificate) =>
        NativeBlock.Of(new CertContext { Encoded = NativeBlock.Of(certificate.RawData.Span), EncodedLength = (uint)certificate.RawData.Length });
}
