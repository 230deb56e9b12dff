using Truststore.Policy;

namespace Truststore.Platform.MacOS.Trust;

/// <summary>
/// The certificates of a request by what SecTrust is to take them for. It takes any certificate of SecTrustSetAnchorCertificates for an anchor, self-issued or not, an end-entity's own
/// too (SecTrustServer.c:641 SecPathBuilderIsAnchor and :855 SecPathBuilderProcessLeaf; SecPolicyServer.c:3378: such a source has no usage constraints). So partial chains are its
/// only mode, and without <see cref="TlsVerifyFlags.X509PartialChain"/> the added certificates that are not self-issued are given as further intermediates instead.
/// </summary>
internal sealed class OfferedCertificates
{
    internal OfferedCertificates(ChainVerificationRequest request, CertificateInfo endEntity)
    {
        EndEntity = endEntity;
        var others = PeerChainReader.ReadOthers(request);
        var anchors = new List<CertificateInfo>();
        foreach (var added in request.AddedAnchors)
        {
            if (!added.Certificate.IsSelfIssued && !request.HasFlag(TlsVerifyFlags.X509PartialChain))
            {
                others.Add(added.Certificate);
            }
            else if (added.IsTrustedFor(request.Purpose))
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

    /// <summary>All certificates that are named as a certificate's issuer is.</summary>
    internal IEnumerable<CertificateInfo> FindIssuers(CertificateInfo certificate) =>
        Anchors.Concat(Others).Where(other => other.Subject.Equals(certificate.Issuer) && !other.Equals(certificate));
}
