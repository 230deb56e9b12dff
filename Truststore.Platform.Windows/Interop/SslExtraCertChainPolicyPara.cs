using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>SSL_EXTRA_CERT_CHAIN_POLICY_PARA, also called HTTPSPolicyCallbackData (wincrypt.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SslExtraCertChainPolicyPara
{
    private const uint AuthTypeClient = 1;
    private const uint AuthTypeServer = 2;

    internal uint Size;
    internal uint AuthType;
    internal uint Checks;
    internal nint ServerName;

    internal static SslExtraCertChainPolicyPara Create(bool isServer, uint checks, nint serverName) => new()
    {
        Size = (uint)Unsafe.SizeOf<SslExtraCertChainPolicyPara>(),
        AuthType = isServer ? AuthTypeServer : AuthTypeClient,
        Checks = checks,
        ServerName = serverName,
    };
}
