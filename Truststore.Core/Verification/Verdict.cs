namespace Truststore;

/// <summary>A remembered trusted verdict: the verified path, and when it holds.</summary>
internal sealed class Verdict
{
    /// <summary>Certificates and lists are valid through the end of their last second (RFC 5280 §4.1.2.5).</summary>
    private static readonly TimeSpan s_lastSecond = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<CertificateInfo> _path;
    private readonly TimeSpan _maxAge;
    private DateTimeOffset _from = DateTimeOffset.MinValue;
    private DateTimeOffset _until = DateTimeOffset.MaxValue;

    internal Verdict(ChainVerificationRequest request, IReadOnlyList<CertificateInfo> path, long madeAt)
    {
        _path = path;
        _maxAge = request.MaxVerdictAge;
        MadeAt = madeAt;
        foreach (var certificate in path)
        {
            Begin(certificate.NotBefore);
            End(After(certificate.NotAfter));
            Size += certificate.RawData.Length;
        }

        foreach (var list in request.RevocationLists)
        {
            if (list.NextUpdate is { } nextUpdate)
            {
                End(After(nextUpdate));
            }

            // A list that is not valid yet said nothing, and will.
            if (list.ThisUpdate > request.VerificationTime)
            {
                End(list.ThisUpdate);
            }
            else
            {
                Begin(list.ThisUpdate);
            }
        }
    }

    /// <summary>The timestamp at which the verdict was made.</summary>
    internal long MadeAt { get; }

    /// <summary>The bytes of the path's certificates.</summary>
    internal int Size { get; }

    internal bool Answers(ChainVerificationRequest request, TimeProvider timeProvider) =>
        request.VerificationTime >= _from
        && request.VerificationTime < _until
        && timeProvider.GetElapsedTime(MadeAt) <= request.MaxVerdictAge;

    /// <summary>
    /// Whether the verdict can be dropped: it is older than the request that it was made for allowed, or the validity of
    /// what it rests on has ended.
    /// </summary>
    internal bool IsExpired(TimeProvider timeProvider) =>
        timeProvider.GetElapsedTime(MadeAt) > _maxAge || timeProvider.GetUtcNow() >= _until;

    /// <summary>The verdict on a request that asks the same question.</summary>
    internal ChainVerificationResult Answer(ChainVerificationRequest request) => ChainVerificationResult.Trusted(request, _path);

    private static DateTimeOffset After(DateTimeOffset end) =>
        end < DateTimeOffset.MaxValue - s_lastSecond ? end + s_lastSecond : DateTimeOffset.MaxValue;

    private void Begin(DateTimeOffset edge) => _from = edge > _from ? edge : _from;

    private void End(DateTimeOffset edge) => _until = edge < _until ? edge : _until;
}
