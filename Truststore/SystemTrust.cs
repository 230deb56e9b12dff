using Truststore.Platform.Linux;

namespace Truststore;

/// <summary>This machine's trust: the one place that knows which platform has which verifier.</summary>
public static class SystemTrust
{
    private static readonly Lazy<IChainVerifier> s_verifier = new(Create);

    /// <summary>The operating system's trust anchors, to look at.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no verifier for this platform.</exception>
    /// <exception cref="SystemAnchorsNotFoundException">There are no anchors.</exception>
    public static SystemAnchors Anchors => IsUnixWithoutTrustStore ? LinuxSystemAnchors.Default : throw NotSupported();

    private static bool IsUnixWithoutTrustStore => OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD();

    /// <summary>The verifier of this platform; one for the process, so that all contexts share what it has learnt.</summary>
    /// <returns>The verifier.</returns>
    /// <exception cref="PlatformNotSupportedException">There is no verifier for this platform.</exception>
    /// <exception cref="SystemAnchorsNotFoundException">There are no trust anchors on this machine.</exception>
    public static IChainVerifier CreateVerifier() => s_verifier.Value;

    private static IChainVerifier Create() => IsUnixWithoutTrustStore ? new CachingChainVerifier(new LinuxChainVerifier()) : throw NotSupported();

    private static PlatformNotSupportedException NotSupported() => new(
        $"Truststore has no chain verifier for {Environment.OSVersion.Platform} yet; it has one for Linux and FreeBSD. Give TlsContext's constructor an IChainVerifier of your own.");
}
