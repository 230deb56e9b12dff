namespace Truststore.Cli.Output;

/// <summary>A verdict as it is shown: each certificate of the path with where it comes from and what is wrong with it.</summary>
internal sealed class VerdictView
{
    internal VerdictView(ChainVerificationResult result, ReferenceIdentifier? identity, TrustAnchorCollection addedAnchors)
    {
        Result = result;
        var added = addedAnchors.Select(a => a.Certificate).ToHashSet();
        Path = [.. result.Path.Select((certificate, index) => Place(certificate, index, added))];
        GeneralFailures = [.. result.Failures.Where(f => f.CertificateIndex < 0 || f.CertificateIndex >= result.Path.Count)];
        Explanation = result.IsTrusted ? null : VerificationExplanation.Write(result, identity);
        Unused = [.. result.PeerChain.Where(sent => !result.Path.Any(c => Same(c, sent)))];
    }

    internal ChainVerificationResult Result { get; }

    /// <summary>End-entity certificate to anchor, or as far as the path goes.</summary>
    internal IReadOnlyList<PathCertificate> Path { get; }

    /// <summary>What is wrong with no one certificate.</summary>
    internal IReadOnlyList<VerificationFailure> GeneralFailures { get; }

    /// <summary>Why the chain is not trusted; <see langword="null"/> when it is.</summary>
    internal string? Explanation { get; }

    /// <summary>What the peer sent and the path does without.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Unused { get; }

    private PathCertificate Place(CertificateInfo certificate, int index, HashSet<CertificateInfo> added)
    {
        var sent = Result.PeerChain.Any(der => Same(certificate, der));
        AnchorOrigin? anchor = added.Contains(certificate) ? AnchorOrigin.Added
            : (Result.IsTrusted && index == Result.Path.Count - 1) || !sent ? AnchorOrigin.System
            : null;
        return new PathCertificate(certificate, sent, anchor, [.. Result.Failures.Where(f => f.CertificateIndex == index)]);
    }

    private static bool Same(CertificateInfo certificate, ReadOnlyMemory<byte> der) => certificate.RawData.Span.SequenceEqual(der.Span);
}
