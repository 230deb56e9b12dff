namespace Truststore.Tests.Linux.Differential;

/// <summary>A cause, and the words in which one side objects because of it.</summary>
/// <param name="Cause">Why we and a peer disagree.</param>
/// <param name="IsOurs">Whether it is we who object.</param>
/// <param name="Codes">The codes of the objection; none for any.</param>
internal sealed record Explanation(Cause Cause, bool IsOurs, IReadOnlyList<string> Codes)
{
    /// <summary>We accept and the peer objects.</summary>
    internal static Explanation WeAccept(Cause cause, params IReadOnlyList<string> codes) => new(cause, IsOurs: false, codes);

    /// <summary>We object and the peer accepts.</summary>
    internal static Explanation WeReject(Cause cause, params IReadOnlyList<FailureReason> codes) => new(cause, IsOurs: true, [.. codes.Select(c => c.ToString())]);

    internal bool Explains(Dispute dispute) =>
        IsOurs == dispute.IsOurs && (Codes.Count == 0 || Codes.Contains(dispute.Objection.Code, StringComparer.Ordinal)) && Cause.Applies(dispute);

    public override string ToString() => $"{Cause.Name} ({(IsOurs ? "we reject" : "we accept")}; right: {Cause.Right}): {Cause.Reason}";
}
