using System.Runtime.CompilerServices;

namespace Truststore.Platform.Windows.Interop;

/// <summary>Opens stores, fills them and reads them.</summary>
internal static unsafe class StoreReader
{
    private const nint MemoryProvider = 2; // CERT_STORE_PROV_MEMORY
    private const nint SystemProvider = 10; // CERT_STORE_PROV_SYSTEM_W
    private const uint ReadOnlyAndExisting = 0x8000 | 0x4000; // CERT_STORE_READONLY_FLAG, CERT_STORE_OPEN_EXISTING_FLAG

    /// <exception cref="NativeCallException">The store cannot be opened.</exception>
    internal static SafeStoreHandle OpenMemoryStore(ICryptoApi api) => Check(api, api.CertOpenStore(MemoryProvider, 0, null, out var error), error);

    /// <exception cref="NativeCallException">The store cannot be opened.</exception>
    internal static SafeStoreHandle OpenSystemStore(ICryptoApi api, SystemStore store) =>
        Check(api, api.CertOpenStore(SystemProvider, (uint)store.Location | ReadOnlyAndExisting, store.Name, out var error), error);

    /// <exception cref="NativeCallException">A certificate cannot be added.</exception>
    internal static void AddCertificate(ICryptoApi api, SafeStoreHandle store, CertificateInfo certificate)
    {
        if (!api.CertAddEncodedCertificateToStore(store, certificate.RawData, out var error))
        {
            throw new NativeCallException(nameof(ICryptoApi.CertAddEncodedCertificateToStore), error, api.FormatMessage(error));
        }
    }

    /// <summary>Gives each certificate of a store.</summary>
    internal static void ForEach(ICryptoApi api, SafeStoreHandle store, Action<nint> visit)
    {
        nint context = 0;
        try
        {
            while ((context = api.CertEnumCertificatesInStore(store, context)) != 0)
            {
                visit(context);
            }
        }
        finally
        {
            if (context != 0)
            {
                api.CertFreeCertificateContext(context);
            }
        }
    }

    /// <summary>The certificate of a context, in DER.</summary>
    internal static ReadOnlySpan<byte> ReadEncoded(nint context)
    {
        ref readonly var certificate = ref Unsafe.AsRef<CertContext>((void*)context);
        return new ReadOnlySpan<byte>((void*)certificate.Encoded, checked((int)certificate.EncodedLength));
    }

    private static SafeStoreHandle Check(ICryptoApi api, SafeStoreHandle store, int error)
    {
        if (!store.IsInvalid)
        {
            return store;
        }

        store.Dispose();
        throw new NativeCallException(nameof(ICryptoApi.CertOpenStore), error, api.FormatMessage(error));
    }
}
