namespace Truststore.Tests.Linux.Differential;

/// <summary>Why somebody rejects a chain.</summary>
/// <param name="Code">A <see cref="FailureReason"/>, the number of an OpenSSL error, a flag of <see cref="System.Security.Cryptography.X509Certificates.X509ChainStatusFlags"/>, or the type of an exception.</param>
/// <param name="Depth">Which certificate of the path is meant, 0 being the end-entity's; -1 where none is.</param>
/// <param name="Message">The words.</param>
internal sealed record Objection(string Code, int Depth, string Message)
{
    /// <summary>The code for: the path is taken where there is nothing else, and not found among other certificates.</summary>
    internal const string PathNotFound = nameof(PathNotFound);

    internal bool Is(FailureReason reason) => string.Equals(Code, reason.ToString(), StringComparison.Ordinal);

    public override string ToString() => $"{Code} at {Depth}: {Message}";
}
