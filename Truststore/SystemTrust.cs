using Truststore.Platform.Linux;
using Truststore.Platform.MacOS;
using Truststore.Platform.Windows;

namespace Truststore;

/// <summary>This machine's trust: the one place that knows which platform has which verifier.</summary>
public static class SystemTrust
{
    private static readonly Lazy<IChainVerifier> s_verifier = new(Create);
    private static readonly Lazy<SystemAnchors> s_anchors = new(FindAnchors, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The operating system's trust anchors, to look at.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no verifier for this platform.</exception>
    /// <exception cref="SystemAnchorsNotFoundException">There are no anchors; the message says where they were looked for.</exception>
    public static SystemAnchors Anchors => s_anchors.Value;

    /// <summary>The verifier of this platform, which remembers verdicts; one for the process, so that all contexts share what it has learnt.</summary>
    /// <remarks>Looks for the system's anchors when a request wants them for the first time; <see cref="Anchors"/> does so before.</remarks>
    /// <exception cref="PlatformNotSupportedException">There is no verifier for this platform.</exception>
    public static IChainVerifier Verifier => s_verifier.Value;

    private static bool IsUnixWithoutTrustStore => OperatingSystem.IsLinux() || OperatingSystem.IsFreeBSD();

    private static CachingChainVerifier Create() => new(
        IsUnixWithoutTrustStore ? new LinuxChainVerifier(findSystemAnchors: false)
        : OperatingSystem.IsMacOS() ? new MacOSChainVerifier()
        : OperatingSystem.IsWindows() ? new WindowsChainVerifier()
        : throw NotSupported());

    private static SystemAnchors FindAnchors() =>
        IsUnixWithoutTrustStore ? new LinuxSystemAnchors()
        : OperatingSystem.IsMacOS() ? new MacOSSystemAnchors()
        : OperatingSystem.IsWindows() ? new WindowsSystemAnchors()
        : throw NotSupported();

    private static PlatformNotSupportedException NotSupported() => new(
        $"Truststore has no chain verifier for {Environment.OSVersion.Platform} yet; it has one for Linux, FreeBSD, macOS and Windows. Give TlsContext's constructor an IChainVerifier of your own.");
}
