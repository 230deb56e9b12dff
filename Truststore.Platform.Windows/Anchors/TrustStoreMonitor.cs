using System.Security.Cryptography;
using Truststore.Platform.Windows.Interop;
using Truststore.Trust;

namespace Truststore.Platform.Windows.Anchors;

/// <summary>Notices in the background that the stores have changed. Asking it costs a comparison of times.</summary>
internal sealed class TrustStoreMonitor(ICryptoApi api, TimeProvider timeProvider)
{
    /// <summary>How often the stores are read at most.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // What a fingerprint consists of.
    private const int Certificate = 0;
    private const int EndOfStore = 1;
    private const int Unreadable = 2;

    private byte[] _fingerprint = [];
    private long _generation;
    private long _nextReading = long.MinValue;
    private int _isReading;

    /// <summary>Grows by one whenever a reading differs from the one before; the first one counts.</summary>
    internal long Generation
    {
        get
        {
            if (timeProvider.GetTimestamp() >= Volatile.Read(ref _nextReading) && Interlocked.Exchange(ref _isReading, 1) == 0)
            {
                LastReading = Task.Run(Read);
            }

            return Interlocked.Read(ref _generation);
        }
    }

    /// <summary>The reading that was started last, for tests to await.</summary>
    internal Task LastReading { get; private set; } = Task.CompletedTask;

    private void Read()
    {
        try
        {
            var fingerprint = TakeFingerprint();
            if (!fingerprint.AsSpan().SequenceEqual(_fingerprint))
            {
                _fingerprint = fingerprint;
                Interlocked.Increment(ref _generation);
            }
        }
        finally
        {
            Volatile.Write(ref _nextReading, timeProvider.GetTimestamp() + (long)(Interval.TotalSeconds * timeProvider.TimestampFrequency));
            Volatile.Write(ref _isReading, 0);
        }
    }

    private byte[] TakeFingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in AnchorStores.All)
        {
            try
            {
                using var store = StoreReader.OpenSystemStore(api, name);
                StoreReader.ForEach(api, store, context =>
                {
                    var usage = api.CertGetCertificateContextProperty(context, AnchorStores.UsageProperty);
                    hash.AppendNumber(Certificate);
                    hash.AppendField(StoreReader.ReadEncoded(context));
                    hash.AppendField(usage, isAbsent: usage is null);
                });
                hash.AppendNumber(EndOfStore);
            }
            catch (NativeCallException)
            {
                // A store that is missing now may be there the next time.
                hash.AppendNumber(Unreadable);
            }
        }

        return hash.GetHashAndReset();
    }
}
