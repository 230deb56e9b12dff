using Truststore.Tests.Contract;

namespace Truststore.Tests.Linux;

/// <summary>A limit holds whatever other contexts of the process have learnt.</summary>
internal sealed class LimitsBeforeCachesTests
{
    [Test]
    public void Verify_IntermediateOverTheLimitThatAnotherContextHasCached_IsRejectedStill()
    {
        var pki = ContractPki.Instance;
        var spec = pki.Ca.Intermediate.Spec;
        using var intermediate = pki.Ca.Root.Issue(spec with { DnsNames = [.. Enumerable.Range(0, 200).Select(i => $"name-{i}.example.com")] });
        using var server = intermediate.Issue(pki.Server.Spec);
        var request = ContractPki.Request([server, intermediate]);
        var limited = request with { Limits = VerificationLimits.Default with { MaxCertificateSize = intermediate.Der.Length - 1 } };
        var verifier = new Platform.Linux.LinuxChainVerifier(null, default);

        var before = verifier.Verify(limited);
        var unlimited = verifier.Verify(request);
        var after = verifier.Verify(limited);

        Assert.That((before.Failures[0].Reason, unlimited.IsTrusted, after.IsTrusted), Is.EqualTo((FailureReason.CertificateTooLarge, true, false)));
        Assert.That(after.Failures[0].Reason, Is.EqualTo(FailureReason.CertificateTooLarge));
    }
}
