using System.Security.Authentication;

namespace Truststore;

/// <summary>Says before a handshake what its failure would not: that .NET does not speak a TLS version here.</summary>
internal static class ProtocolSupport
{
    private const string Switch = "System.Net.Security.UseNetworkFramework";
    private const string Variable = "DOTNET_SYSTEM_NET_SECURITY_USENETWORKFRAMEWORK";

    /// <exception cref="PlatformNotSupportedException">None of the protocols is spoken here.</exception>
    internal static void Require(SslProtocols protocols, TlsRole role) => Require(protocols, role, OperatingSystem.IsMacOS(), IsNetworkFrameworkUsed);

    // SslStream on macOS knows nothing above TLS 1.2 unless a client uses Network.framework (dotnet/runtime#117428). It leaves TLS 1.3 out where TLS 1.2 is allowed too.
    internal static void Require(SslProtocols protocols, TlsRole role, bool isMacOS, Func<bool> isNetworkFrameworkUsed)
    {
        if (!isMacOS || protocols != SslProtocols.Tls13)
        {
            return;
        }

        if (role == TlsRole.Server)
        {
            throw new PlatformNotSupportedException("TLS 1.3 alone (TlsContext.MinimumVersion) is not supported for servers on macOS, where .NET speaks TLS 1.2; allow that.");
        }

        if (!isNetworkFrameworkUsed())
        {
            throw new PlatformNotSupportedException(
                $"TLS 1.3 alone (TlsContext.MinimumVersion) is not supported on macOS, unless .NET uses Network.framework: set the AppContext switch {Switch} to true (a RuntimeHostConfigurationOption of the project, or the environment variable {Variable}=1), or allow TLS 1.2.");
        }
    }

    private static bool IsNetworkFrameworkUsed() => AppContext.TryGetSwitch(Switch, out var isOn)
        ? isOn
        : Environment.GetEnvironmentVariable(Variable) is { } value && (value is "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase));
}
