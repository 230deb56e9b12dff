using NSubstitute;
using Truststore.Platform.Windows.Interop;

namespace Truststore.Tests.Windows.Seam;

/// <summary>A substituted CryptoAPI that answers by a script, counts handles, and can fail at any call.</summary>
internal sealed class FakeCryptoApi
{
    internal const int OutOfMemory = unchecked((int)0x8007000E);

    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);

    internal FakeCryptoApi()
    {
        Api.CertOpenStore(default, default, default, out _).ReturnsForAnyArgs(call => Fails(nameof(ICryptoApi.CertOpenStore), 3, call) ? new SafeStoreHandle() : new TrackedStore(Open));
        Api.CertAddEncodedCertificateToStore(default!, default, out _).ReturnsForAnyArgs(call => !Fails(nameof(ICryptoApi.CertAddEncodedCertificateToStore), 2, call));
        Api.CertAddEncodedCRLToStore(default!, default, out _).ReturnsForAnyArgs(call => !Fails(nameof(ICryptoApi.CertAddEncodedCRLToStore), 2, call));
        Api.CertCreateCertificateContext(default, out _).ReturnsForAnyArgs(call => Fails(nameof(ICryptoApi.CertCreateCertificateContext), 1, call) ? new SafeCertificateHandle() : new TrackedCertificate(Open));
        Api.CertCreateCertificateChainEngine(default!, default, default, out _).ReturnsForAnyArgs(call =>
            Fails(nameof(ICryptoApi.CertCreateCertificateChainEngine), 3, call) || call.ArgAt<uint>(1) > LargestConfig ? new SafeChainEngineHandle() : new TrackedChainEngine(Open));
        Api.CertGetCertificateChain(default!, default!, default!, default!, out _).ReturnsForAnyArgs(call =>
            Fails(nameof(ICryptoApi.CertGetCertificateChain), 4, call) ? new SafeChainHandle() : new TrackedChain(Open, call.ArgAt<SafeChainEngineHandle>(0).IsInvalid ? System : Added));
        Api.CertVerifyCertificateChainPolicy(default!, default, default, default, out _, out _).ReturnsForAnyArgs(call =>
        {
            call[4] = new CertChainPolicyStatus { Error = call.ArgAt<TrackedChain>(0).Script.PolicyError };
            return !Fails(nameof(ICryptoApi.CertVerifyCertificateChainPolicy), 5, call);
        });
        Api.FormatMessage(default).ReturnsForAnyArgs("the words of the system.");
    }

    internal ICryptoApi Api { get; } = Substitute.For<ICryptoApi>();

    internal OpenHandles Open { get; } = new();

    /// <summary>What the system's engine answers.</summary>
    internal ScriptedChain System { get; set; } = new();

    /// <summary>What the engine of the added anchors answers.</summary>
    internal ScriptedChain Added { get; set; } = new();

    /// <summary>The largest size of an engine's configuration that is known.</summary>
    internal uint LargestConfig { get; set; } = CertChainEngineConfig.Windows8Size;

    /// <summary>The call that fails: the function, and its how many-th call.</summary>
    internal (string Function, int Call, int Code)? Failure { get; set; }

    private bool Fails(string function, int errorArgument, NSubstitute.Core.CallInfo call)
    {
        lock (_calls)
        {
            var count = _calls[function] = _calls.GetValueOrDefault(function) + 1;
            var fails = Failure is { } failure && string.Equals(failure.Function, function, StringComparison.Ordinal) && failure.Call == count;
            call[errorArgument] = fails ? Failure!.Value.Code : 0;
            return fails;
        }
    }
}
