namespace Truststore.Tests.Linux.Differential;

/// <summary>One way to vary or spoil a chain.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Apply">Makes the change.</param>
internal sealed record ChainChange(string Name, Action<ChainPlan> Apply);
