using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CERT_CHAIN_PARA with all its extra fields (wincrypt.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CertChainPara
{
    internal uint Size;
    internal CertUsageMatch RequestedUsage;
    internal CertUsageMatch RequestedIssuancePolicy;
    internal uint UrlRetrievalTimeout;
    internal int CheckRevocationFreshnessTime;
    internal uint RevocationFreshnessTime;
    internal nint CacheResync;
    internal nint StrongSignPara;
    internal uint StrongSignFlags;

    /// <summary>Asks for one extended key usage.</summary>
    /// <param name="usages">An array of one pointer to an object identifier in ASCII with a zero behind it.</param>
    /// <param name="urlRetrievalTimeout">Milliseconds.</param>
    internal static CertChainPara Create(nint usages, uint urlRetrievalTimeout) => new()
    {
        Size = (uint)Unsafe.SizeOf<CertChainPara>(),
        RequestedUsage = new CertUsageMatch { Type = 0, Usage = new CtlUsage { IdentifierCount = 1, Identifiers = usages } }, // USAGE_MATCH_TYPE_AND
        UrlRetrievalTimeout = urlRetrievalTimeout,
    };
}
