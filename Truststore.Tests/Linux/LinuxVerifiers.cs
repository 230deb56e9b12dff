using Truststore.Platform.Linux;

namespace Truststore.Tests.Linux;

/// <summary>Verifiers for tests.</summary>
internal static class LinuxVerifiers
{
    /// <summary>Judges by what a request adds; its requests leave the system out.</summary>
    internal static IChainVerifier WithoutSystemAnchors { get; } = new LinuxChainVerifier();
}
