using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CERT_CONTEXT (wincrypt.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CertContext
{
    internal uint EncodingType;
    internal nint Encoded;
    internal uint EncodedLength;
    internal nint CertInfo;
    internal nint Store;
}
