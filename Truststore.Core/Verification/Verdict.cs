namespace Truststore;

/// <summary>A remembered trusted verdict, and when it holds.</summary>
internal sealed class Verdict
{
    private readonly DateTimeOffset _verificationTime;
    private DateTimeOffset _from = DateTimeOffset.MinValue;
    private DateTimeOffset _to = DateTimeOffset.MaxValue;

    internal Verdict(ChainVerificationResult result, ChainVerificationRequest request, long madeAt)
    {
        Result = result;
        MadeAt = madeAt;
        _verificationTime = request.VerificationTime;
        foreach (var certificate in result.Path)
        {
            StopAt(certificate.NotBefore);
            StopAt(certificate.NotAfter);
        }

        foreach (var list in request.RevocationLists)
        {
            StopAt(list.ThisUpdate);
            StopAt(list.NextUpdate ?? DateTimeOffset.MaxValue);
        }
    }

    internal ChainVerificationResult Result { get; }

    /// <summary>The timestamp at which the verdict was made.</summary>
    internal long MadeAt { get; }

    internal bool Answers(ChainVerificationRequest request, TimeProvider timeProvider) =>
        request.VerificationTime >= _from && request.VerificationTime < _to && timeProvider.GetElapsedTime(MadeAt) <= request.MaxVerdictAge;

    /// <summary>The verdict holds on this side of an edge of validity only.</summary>
    private void StopAt(DateTimeOffset edge)
    {
        if (edge <= _verificationTime)
        {
            _from = edge > _from ? edge : _from;
        }
        else
        {
            _to = edge < _to ? edge : _to;
        }
    }
}
