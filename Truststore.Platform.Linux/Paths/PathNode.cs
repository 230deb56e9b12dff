using Truststore.Policy;

namespace Truststore.Platform.Linux;

/// <summary>One certificate as a place in candidate paths: where it came from, and what was found out about it in this verification.</summary>
internal sealed class PathNode
{
    private readonly PeerCertificate? _peer;
    private bool _isJudged;
    private VerificationFailure? _failure;

    /// <summary>A certificate that the peer sent.</summary>
    internal PathNode(CertificateInfo certificate, PeerCertificate? peer)
    {
        Certificate = certificate;
        _peer = peer;
    }

    /// <summary>A certificate that stood in a trusted path before.</summary>
    internal PathNode(KnownIssuer known)
    {
        Certificate = known.Certificate;
        Known = known;
    }

    /// <summary>A trust anchor.</summary>
    internal PathNode(CertificateInfo certificate, AnchorEntry anchor)
    {
        Certificate = certificate;
        Anchor = anchor;
    }

    internal CertificateInfo Certificate { get; }

    /// <summary>The anchor that this is, or null.</summary>
    internal AnchorEntry? Anchor { get; }

    /// <summary>What is remembered of the certificate, or null.</summary>
    internal KnownIssuer? Known { get; }

    /// <summary>Whether a path from here to an anchor exists by names alone; see <see cref="IssuerPool"/>.</summary>
    internal bool IsReachable { get; set; } = true;

    /// <summary>The candidate issuers, best first; null until somebody looked.</summary>
    internal List<PathNode>? Issuers { get; set; }

    /// <summary>Whether a trust store distrusts this very certificate for the peer's purpose.</summary>
    internal bool IsRejected { get; init; }

    /// <summary>The checks of this certificate's signature so far.</summary>
    internal List<SignatureCheck> SignatureChecks { get; } = [];

    /// <summary>Whether the node is on the path that is being tried.</summary>
    internal bool IsOnPath { get; set; }

    /// <summary>The key that verifies what this certificate issued; anchors keep theirs from one verification to the next.</summary>
    internal VerificationKey Key => Anchor is { } anchor
        ? (VerificationKey)(anchor.KeyCache ??= new VerificationKey(Certificate))
        : field ??= Known?.Key ?? CreateKey();

    /// <summary>What is wrong with the certificate as an issuer, whatever path it stands in. Judged once.</summary>
    internal VerificationFailure? FindFailure(PolicyProfile profile, PolicyContext context)
    {
        if (_isJudged)
        {
            return _failure;
        }

        _isJudged = true;
        if (IsRejected)
        {
            return _failure = Distrusted;
        }

        if (Anchor is { } anchor && !anchor.IsTrustedFor(context.Request.Purpose))
        {
            return _failure = new VerificationFailure(FailureReason.Distrusted, "the trust store does not trust this anchor for the peer's purpose.");
        }

        return _failure = profile.FindFailure(Certificate, Anchor is null ? CertificateRole.Intermediate : CertificateRole.Anchor, context);
    }

    /// <summary>What is wrong with a certificate that <see cref="IsRejected"/>.</summary>
    internal static VerificationFailure Distrusted { get; } = new(FailureReason.Distrusted, "the trust store distrusts this certificate for the peer's purpose.");

    private VerificationKey CreateKey()
    {
        var key = new VerificationKey(Certificate);
        if (_peer?.FindDecoded() is { } decoded)
        {
            key.Adopt(decoded);
        }

        return key;
    }
}
