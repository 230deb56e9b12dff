using System.Runtime.InteropServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>Functions of crypt32.dll (wincrypt.h).</summary>
internal static unsafe partial class Crypt32
{
    private const string Library = "crypt32.dll";

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    internal static partial SafeStoreHandle CertOpenStore(nint storeProvider, uint encodingType, nint cryptProvider, uint flags, string? para);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool CertCloseStore(nint store, uint flags);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool CertAddEncodedCertificateToStore(SafeStoreHandle store, uint encodingType, byte* encoded, uint length, uint disposition, nint context);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool CertAddEncodedCRLToStore(SafeStoreHandle store, uint encodingType, byte* encoded, uint length, uint disposition, nint context);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial SafeCertificateHandle CertCreateCertificateContext(uint encodingType, byte* encoded, uint length);

    [LibraryImport(Library)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool CertFreeCertificateContext(nint context);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint CertEnumCertificatesInStore(SafeStoreHandle store, nint previous);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool CertGetCertificateContextProperty(nint context, uint property, byte* data, ref uint length);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool CertCreateCertificateChainEngine(in CertChainEngineConfig config, out SafeChainEngineHandle engine);

    [LibraryImport(Library)]
    internal static partial void CertFreeCertificateChainEngine(nint engine);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool CertGetCertificateChain(SafeChainEngineHandle engine, SafeCertificateHandle certificate, in long time, SafeStoreHandle additionalStore, in CertChainPara para, uint flags, nint reserved, out SafeChainHandle chain);

    [LibraryImport(Library)]
    internal static partial void CertFreeCertificateChain(nint chain);

    [LibraryImport(Library, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool CertVerifyCertificateChainPolicy(nint policy, SafeChainHandle chain, in CertChainPolicyPara para, ref CertChainPolicyStatus status);
}
