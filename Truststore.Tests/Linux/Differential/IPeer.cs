namespace Truststore.Tests.Linux.Differential;

/// <summary>Somebody else who verifies chains.</summary>
internal interface IPeer
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>What the machine lacks to ask it, or null.</summary>
    string? FindMissing();

    /// <summary>Why it answers differently from us, where it does.</summary>
    IReadOnlyList<Explanation> Explanations { get; }

    /// <summary>What it objects to each case; an empty list is an acceptance.</summary>
    IReadOnlyList<IReadOnlyList<Objection>> Verify(IReadOnlyList<DifferentialCase> cases);
}
