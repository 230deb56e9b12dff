using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Truststore.Platform.Windows.Interop;

/// <summary>CryptoAPI itself.</summary>
internal sealed unsafe class CryptoApi : ICryptoApi
{
    private const uint Encoding = 0x1; // X509_ASN_ENCODING
    private const uint AddAlways = 4; // CERT_STORE_ADD_ALWAYS
    private const nint SslPolicy = 4; // CERT_CHAIN_POLICY_SSL
    private const uint IgnoreCommonName = 0x1000; // SECURITY_FLAG_IGNORE_CERT_CN_INVALID

    internal static CryptoApi Instance { get; } = new();

    public SafeStoreHandle CertOpenStore(nint provider, uint flags, string? name, out int error)
    {
        var store = Crypt32.CertOpenStore(provider, 0, 0, flags, name);
        error = Marshal.GetLastPInvokeError();
        return store;
    }

    public bool CertAddEncodedCertificateToStore(SafeStoreHandle store, ReadOnlyMemory<byte> encoded, out int error)
    {
        fixed (byte* data = encoded.Span)
        {
            var added = Crypt32.CertAddEncodedCertificateToStore(store, Encoding, data, (uint)encoded.Length, AddAlways, 0);
            error = Marshal.GetLastPInvokeError();
            return added;
        }
    }

    public bool CertAddEncodedCRLToStore(SafeStoreHandle store, ReadOnlyMemory<byte> encoded, out int error)
    {
        fixed (byte* data = encoded.Span)
        {
            var added = Crypt32.CertAddEncodedCRLToStore(store, Encoding, data, (uint)encoded.Length, AddAlways, 0);
            error = Marshal.GetLastPInvokeError();
            return added;
        }
    }

    public SafeCertificateHandle CertCreateCertificateContext(ReadOnlyMemory<byte> encoded, out int error)
    {
        fixed (byte* data = encoded.Span)
        {
            var certificate = Crypt32.CertCreateCertificateContext(Encoding, data, (uint)encoded.Length);
            error = Marshal.GetLastPInvokeError();
            return certificate;
        }
    }

    public nint CertEnumCertificatesInStore(SafeStoreHandle store, nint previous) => Crypt32.CertEnumCertificatesInStore(store, previous);

    public void CertFreeCertificateContext(nint context) => Crypt32.CertFreeCertificateContext(context);

    public byte[]? CertGetCertificateContextProperty(nint context, uint property)
    {
        uint length = 0;
        if (!Crypt32.CertGetCertificateContextProperty(context, property, null, ref length))
        {
            return null;
        }

        var value = new byte[length];
        fixed (byte* data = value)
        {
            return Crypt32.CertGetCertificateContextProperty(context, property, data, ref length) ? value[..(int)length] : null;
        }
    }

    public SafeChainEngineHandle CertCreateCertificateChainEngine(SafeStoreHandle exclusiveRoots, uint configSize, uint exclusiveFlags, out int error)
    {
        var isReferenced = false;
        try
        {
            exclusiveRoots.DangerousAddRef(ref isReferenced);
            var config = CertChainEngineConfig.Create(configSize, exclusiveRoots.DangerousGetHandle(), exclusiveFlags);
            Crypt32.CertCreateCertificateChainEngine(config, out var engine);
            error = Marshal.GetLastPInvokeError();
            return engine;
        }
        finally
        {
            if (isReferenced)
            {
                exclusiveRoots.DangerousRelease();
            }
        }
    }

    public SafeChainHandle CertGetCertificateChain(SafeChainEngineHandle engine, SafeCertificateHandle certificate, SafeStoreHandle additionalStore, ChainQuestion question, out int error)
    {
        var usage = Utf8StringMarshaller.ConvertToUnmanaged(question.Usage);
        try
        {
            var para = CertChainPara.Create((nint)(&usage), (uint)Math.Min(question.UrlRetrievalTimeout.TotalMilliseconds, uint.MaxValue));
            Crypt32.CertGetCertificateChain(engine, certificate, ToFileTime(question.Time), additionalStore, para, question.Flags, 0, out var chain);
            error = Marshal.GetLastPInvokeError();
            return chain;
        }
        finally
        {
            Utf8StringMarshaller.Free(usage);
        }
    }

    public bool CertVerifyCertificateChainPolicy(SafeChainHandle chain, bool isServer, string? serverName, uint flags, out CertChainPolicyStatus status, out int error)
    {
        fixed (char* name = serverName)
        {
            var ssl = SslExtraCertChainPolicyPara.Create(isServer, serverName is null ? IgnoreCommonName : 0, (nint)name);
            status = CertChainPolicyStatus.Create();
            var succeeded = Crypt32.CertVerifyCertificateChainPolicy(SslPolicy, chain, CertChainPolicyPara.Create(flags, (nint)(&ssl)), ref status);
            error = Marshal.GetLastPInvokeError();
            return succeeded;
        }
    }

    public string FormatMessage(int code) => Marshal.GetPInvokeErrorMessage(code).Trim().ReplaceLineEndings(" ");

    /// <summary>A FILETIME, in whole seconds: certificates know no fractions (RFC 5280 §4.1.2.5), and both ends of their validity are inclusive. Times before FILETIME's epoch are that epoch.</summary>
    private static long ToFileTime(DateTimeOffset time)
    {
        var epoch = DateTimeOffset.FromFileTime(0);
        return time <= epoch ? 0 : (time - epoch).Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond;
    }
}
