namespace Truststore;

/// <summary>The question that a verdict answers, without its time.</summary>
/// <remarks>A class because the runtime has the dictionary precompiled for those, which a process's first handshake feels.</remarks>
internal sealed class VerdictKey : IEquatable<VerdictKey>
{
    private readonly long _trustGeneration;
    private readonly int _hashCode;

    internal VerdictKey(ChainVerificationRequest request, long trustGeneration)
    {
        Request = request;
        _trustGeneration = trustGeneration;

        // The end of a certificate is its signature: as good as a hash of the whole, which equality compares anyway.
        const int signatureOctets = 32;
        var hash = default(HashCode);
        hash.Add(request.PeerChain.Count);
        if (request.PeerChain.Count > 0)
        {
            var endEntity = request.PeerChain[0].Span;
            hash.AddBytes(endEntity[Math.Max(0, endEntity.Length - signatureOctets)..]);
        }

        hash.Add(request.ReferenceIdentifier?.Value, StringComparer.Ordinal);
        hash.Add(trustGeneration);
        _hashCode = hash.ToHashCode();
    }

    private VerdictKey(ChainVerificationRequest request, VerdictKey original)
    {
        Request = request;
        _trustGeneration = original._trustGeneration;
        _hashCode = original._hashCode;
    }

    internal ChainVerificationRequest Request { get; }

    /// <summary>The same key without the handles that the request only borrows.</summary>
    internal VerdictKey Detach() => new(Request with { DecodedChain = [] }, this);

    public bool Equals(VerdictKey? other)
    {
        if (other is null)
        {
            return false;
        }

        var mine = Request;
        var theirs = other.Request;
        return _trustGeneration == other._trustGeneration
            && mine.ReferenceIdentifier == theirs.ReferenceIdentifier
            && mine.CheckHostname == theirs.CheckHostname
            && mine.HostnameChecksCommonName == theirs.HostnameChecksCommonName
            && mine.Purpose == theirs.Purpose
            && mine.UseSystemAnchors == theirs.UseSystemAnchors
            && mine.VerifyFlags == theirs.VerifyFlags
            && mine.AllowNetwork == theirs.AllowNetwork
            && mine.Limits == theirs.Limits
            && (ReferenceEquals(mine.AddedAnchors, theirs.AddedAnchors) || mine.AddedAnchors.ContentHash.Span.SequenceEqual(theirs.AddedAnchors.ContentHash.Span))
            && HasSameLists(mine.RevocationLists, theirs.RevocationLists)
            && HasSameChain(mine.PeerChain, theirs.PeerChain);
    }

    public override bool Equals(object? obj) => Equals(obj as VerdictKey);

    public override int GetHashCode() => _hashCode;

    private static bool HasSameLists(IReadOnlyList<CertificateRevocationList> mine, IReadOnlyList<CertificateRevocationList> theirs)
    {
        if (ReferenceEquals(mine, theirs))
        {
            return true;
        }

        if (mine.Count != theirs.Count)
        {
            return false;
        }

        for (var i = 0; i < mine.Count; i++)
        {
            if (!ReferenceEquals(mine[i], theirs[i]) && !mine[i].RawData.Span.SequenceEqual(theirs[i].RawData.Span))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasSameChain(IReadOnlyList<ReadOnlyMemory<byte>> mine, IReadOnlyList<ReadOnlyMemory<byte>> theirs)
    {
        if (mine.Count != theirs.Count)
        {
            return false;
        }

        for (var i = 0; i < mine.Count; i++)
        {
            if (!mine[i].Span.SequenceEqual(theirs[i].Span))
            {
                return false;
            }
        }

        return true;
    }
}
