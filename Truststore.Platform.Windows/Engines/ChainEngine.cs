using Truststore.Platform.Windows.Interop;

namespace Truststore.Platform.Windows.Engines;

/// <summary>An engine that trusts a set of certificates and nothing else, with the store that holds them.</summary>
internal sealed class ChainEngine : IDisposable
{
    /// <summary>CERT_CHAIN_EXCLUSIVE_ENABLE_CA_FLAG: certificates that are not self-signed are anchors too.</summary>
    private const uint EnableIntermediates = 1;

    private readonly SafeStoreHandle _roots;
    private int _users = 1;

    private ChainEngine(SafeStoreHandle roots, SafeChainEngineHandle handle)
    {
        _roots = roots;
        Handle = handle;
    }

    internal SafeChainEngineHandle Handle { get; }

    /// <summary>Creates an engine.</summary>
    /// <param name="api">CryptoAPI.</param>
    /// <param name="anchors">What it trusts.</param>
    /// <exception cref="NativeCallException">A function failed.</exception>
    internal static ChainEngine Create(ICryptoApi api, IReadOnlyList<CertificateInfo> anchors)
    {
        var roots = StoreReader.OpenMemoryStore(api);
        try
        {
            foreach (var anchor in anchors)
            {
                StoreReader.AddCertificate(api, roots, anchor);
            }

            return new ChainEngine(roots, CreateHandle(api, roots, anchors.Any(anchor => !anchor.IsSelfIssued)));
        }
        catch
        {
            roots.Dispose();
            throw;
        }
    }

    /// <summary>Counts one more user; each calls <see cref="Dispose"/>.</summary>
    /// <returns><see langword="false"/> where the last user has gone.</returns>
    internal bool TryAddUser()
    {
        for (var users = Volatile.Read(ref _users); users > 0; users = Volatile.Read(ref _users))
        {
            if (Interlocked.CompareExchange(ref _users, users + 1, users) == users)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Counts one user less. The last one releases the engine, and the store behind it.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            Handle.Dispose();
            _roots.Dispose();
        }
    }

    private static SafeChainEngineHandle CreateHandle(ICryptoApi api, SafeStoreHandle roots, bool withIntermediates)
    {
        if (withIntermediates)
        {
            // Systems that do not know the field refuse the size: Windows 7, and Wine.
            var handle = api.CertCreateCertificateChainEngine(roots, CertChainEngineConfig.Windows8Size, EnableIntermediates, out _);
            if (!handle.IsInvalid)
            {
                return handle;
            }

            handle.Dispose();
        }

        var engine = api.CertCreateCertificateChainEngine(roots, CertChainEngineConfig.Windows7Size, exclusiveFlags: 0, out var error);
        if (!engine.IsInvalid)
        {
            return engine;
        }

        engine.Dispose();
        throw new NativeCallException(nameof(ICryptoApi.CertCreateCertificateChainEngine), error, api.FormatMessage(error));
    }
}
