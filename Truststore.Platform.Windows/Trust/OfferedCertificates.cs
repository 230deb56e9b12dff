using Truststore.Policy;

namespace Truststore.Platform.Windows.Trust;

/// <summary>The certificates of a request by what CryptoAPI is to take them for.</summary>
internal sealed class OfferedCertificates
{
    internal OfferedCertificates(ChainVerificationRequest request, CertificateInfo endEntity)
    {
        EndEntity = endEntity;
        var others = PeerChainReader.ReadOthers(request);
        var anchors = new List<CertificateInfo>();
        foreach (var added in request.AddedAnchors)
        {
            if (!added.Certificate.IsSelfIssued)
            {
                others.Add(added.Certificate);
            }

            if (added.IsTrustedFor(request.Purpose) && (added.Certificate.IsSelfIssued || request.HasFlag(TlsVerifyFlags.X509PartialChain)))
            {
                anchors.Add(added.Certificate);
            }
        }

        Others = others;
        Anchors = anchors;
    }

    internal CertificateInfo EndEntity { get; }

    /// <summary>Certificates that may stand between the end-entity's and an anchor.</summary>
    internal IReadOnlyList<CertificateInfo> Others { get; }

    /// <summary>The added anchors that count for the request.</summary>
    internal IReadOnlyList<CertificateInfo> Anchors { get; }
}
