using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>An HCERTCHAINENGINE.</summary>
internal class SafeChainEngineHandle : SafeHandle
{
    public SafeChainEngineHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <summary>HCCE_CURRENT_USER, the system's own engine: null, and never released.</summary>
    internal static SafeChainEngineHandle CurrentUser { get; } = new();

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Crypt32.CertFreeCertificateChainEngine(handle);
        return true;
    }
}
