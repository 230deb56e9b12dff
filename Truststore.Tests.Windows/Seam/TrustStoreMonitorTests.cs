using NSubstitute;
using Truststore.Platform.Windows.Anchors;
using Truststore.Platform.Windows.Interop;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Seam;

internal sealed class TrustStoreMonitorTests
{
    private readonly FakeCryptoApi _crypto = new();
    private readonly ManualTimeProvider _clock = new(ContractPki.Now);
    private readonly TrustStoreMonitor _monitor;

    public TrustStoreMonitorTests() => _monitor = new TrustStoreMonitor(_crypto.Api, _clock);

    [Test]
    public async Task Generation_StoresChange_GrowsOnceTheyAreReadAgain()
    {
        Assert.That(_monitor.Generation, Is.Zero, "nothing is read by the caller");
        await _monitor.LastReading;
        Assert.That(_monitor.Generation, Is.EqualTo(1));

        AddRoot();
        await ReadAgainAsync();
        Assert.That(_monitor.Generation, Is.EqualTo(2));

        await ReadAgainAsync();
        Assert.That(_monitor.Generation, Is.EqualTo(2), "nothing has changed");
    }

    /// <summary>
    /// A root for all usages that becomes one for none: a remembered verdict about the former must not answer any
    /// longer.
    /// </summary>
    [Test]
    public async Task Generation_ListOfUsagesAppearsAndIsEmpty_Grows()
    {
        AddRoot();
        _crypto.Api.CertGetCertificateContextProperty(Arg.Any<nint>(), Arg.Any<uint>()).Returns((byte[]?)null);
        _ = _monitor.Generation;
        await _monitor.LastReading;
        Assert.That(_monitor.Generation, Is.EqualTo(1));

        _crypto.Api.CertGetCertificateContextProperty(Arg.Any<nint>(), Arg.Any<uint>()).Returns([]);
        await ReadAgainAsync();

        Assert.That(_monitor.Generation, Is.EqualTo(2));
    }

    [Test]
    public async Task Generation_WithinTheInterval_ReadsNothing()
    {
        _ = _monitor.Generation;
        await _monitor.LastReading;
        AddRoot();
        _crypto.Api.ClearReceivedCalls();

        _clock.Advance(TrustStoreMonitor.Interval - TimeSpan.FromTicks(1));
        Assert.That(_monitor.Generation, Is.EqualTo(1));
        await _monitor.LastReading;

        Assert.That(_crypto.Api.ReceivedCalls(), Is.Empty);
    }

    [Test]
    public async Task Generation_StoreThatCannotBeOpened_IsAState()
    {
        _crypto.Failure = (nameof(ICryptoApi.CertOpenStore), 1, FakeCryptoApi.OutOfMemory);
        _ = _monitor.Generation;
        await _monitor.LastReading;
        Assert.That(_monitor.Generation, Is.EqualTo(1));

        await ReadAgainAsync();
        Assert.That(_monitor.Generation, Is.EqualTo(2));
        Assert.That(_crypto.Open.Kinds, Is.Empty);
    }

    private async Task ReadAgainAsync()
    {
        _clock.Advance(TrustStoreMonitor.Interval);
        _ = _monitor.Generation;
        await _monitor.LastReading;
    }

    private void AddRoot()
    {
        var context = ScriptedChain.ToContext(ContractChains.Instance[ContractChains.Server][^1]);
        _crypto.Api.CertEnumCertificatesInStore(Arg.Any<SafeStoreHandle>(), 0).Returns(context);
    }
}
