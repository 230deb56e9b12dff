using NSubstitute;
using Truststore.Cli.Demo;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Core.Verification;

/// <summary>A remembered verdict never outlives what it rests on, and answers as verifying again would.</summary>
internal sealed class VerdictLifetimeTests
{
    private static readonly ContractPki s_pki = ContractPki.Instance;
    private static readonly DateTimeOffset s_end = ContractPki.Now.AddHours(1);

    private readonly IChainVerifier _inner = Substitute.For<IChainVerifier>();

    /// <summary>Seconds before the end at which the verdict is made, and after it at which it is asked for.</summary>
    [TestCase(-1.0, -0.5, 1)]
    [TestCase(-1.0, 0.0, 1)]
    [TestCase(-1.0, 0.9, 1)]
    [TestCase(-1.0, 1.0, 2)]
    [TestCase(0.0, 0.9, 1)]
    [TestCase(0.0, 1.0, 2)]
    [TestCase(0.5, 1.0, 2)]
    [TestCase(0.5, 540.0, 2)]
    public void Verify_VerdictMadeAroundTheEndOfValidity_EndsWithIt(double madeAt, double askedAt, int asked)
    {
        using var server = s_pki.Ca.Issue(s_pki.Server.Spec with { NotAfter = s_end });

        Assert.That(CountAsked(ContractPki.Request(server.ServerChain), [server, s_pki.Ca.Intermediate, s_pki.Ca.Root], madeAt, askedAt), Is.EqualTo(asked));
    }

    [TestCase(-1.0, 0.9, 1)]
    [TestCase(-1.0, 1.0, 2)]
    [TestCase(0.0, 1.0, 2)]
    [TestCase(0.5, 1.0, 2)]
    [TestCase(0.5, 540.0, 2)]
    public void Verify_VerdictMadeAroundNextUpdate_EndsWithIt(double madeAt, double askedAt, int asked)
    {
        var request = ContractPki.Request(s_pki.Server.ServerChain) with { RevocationLists = [Crl(ContractPki.Now.AddDays(-1), s_end)] };

        Assert.That(CountAsked(request, [s_pki.Server, s_pki.Ca.Intermediate, s_pki.Ca.Root], madeAt, askedAt), Is.EqualTo(asked));
    }

    /// <summary>A list that is not valid yet may revoke once it is.</summary>
    [TestCase(-1.0, -0.5, 1)]
    [TestCase(-1.0, 0.0, 2)]
    [TestCase(0.0, 1.0, 1)]
    public void Verify_VerdictMadeAroundThisUpdate_EndsAtIt(double madeAt, double askedAt, int asked)
    {
        var request = ContractPki.Request(s_pki.Server.ServerChain) with { RevocationLists = [Crl(s_end, s_end.AddDays(1))] };

        Assert.That(CountAsked(request, [s_pki.Server, s_pki.Ca.Intermediate, s_pki.Ca.Root], madeAt, askedAt), Is.EqualTo(asked));
    }

    /// <summary>The same through the verifier itself and the context: the verdict of the last second says Expired in the next.</summary>
    [Test]
    public void VerifyChain_ChainThatWasTrustedInItsLastSecond_ExpiresInTheNext()
    {
        using var server = s_pki.Ca.Issue(s_pki.Server.Spec with { NotAfter = s_end });
        var clock = new ManualTimeProvider(s_end.AddMilliseconds(500));
        var context = new TlsContext(new CachingChainVerifier(Linux.LinuxVerifiers.WithoutSystemAnchors, timeProvider: clock)) { UseSystemAnchors = false, TimeProvider = clock };
        context.LoadVerifyLocations(caData: s_pki.Ca.RootPem);
        IReadOnlyList<ReadOnlyMemory<byte>> chain = [.. server.ServerChain.Select(c => c.Der)];

        var first = context.VerifyChain(chain, ContractPki.Host);
        clock.Advance(TimeSpan.FromMilliseconds(500));
        var second = context.VerifyChain(chain, ContractPki.Host);

        Assert.That(first.Failures, Is.Empty);
        Assert.That(second.Failures.Select(f => f.Reason), Is.EqualTo([FailureReason.Expired]));
    }

    private int CountAsked(ChainVerificationRequest request, IssuedCertificate[] path, params double[] seconds)
    {
        var asked = 0;
        _inner.Verify(default!).ReturnsForAnyArgs(call =>
        {
            asked++;
            return ChainVerificationResult.Trusted(call.Arg<ChainVerificationRequest>(), [.. path.Select(c => c.Info)]);
        });
        var verifier = new CachingChainVerifier(_inner, timeProvider: new ManualTimeProvider(ContractPki.Now));
        foreach (var offset in seconds)
        {
            verifier.Verify(request with { VerificationTime = s_end.AddSeconds(offset) });
        }

        return asked;
    }

    private static CertificateRevocationList Crl(DateTimeOffset thisUpdate, DateTimeOffset nextUpdate) =>
        CertificateRevocationList.Parse(s_pki.Ca.Intermediate.CreateRevocationList(thisUpdate, nextUpdate));
}
