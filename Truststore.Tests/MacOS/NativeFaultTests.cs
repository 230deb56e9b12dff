namespace Truststore.Tests.MacOS;

/// <summary>Each native call fails once: there is a verdict that names the call, and nothing is left behind.</summary>
internal sealed class NativeFaultTests : MacOSFixture
{
    private const int Param = -50;

    /// <summary>Function, which call of it, what it returns, whether of a request that asks for revocation, and the reason and native code expected.</summary>
    private static IEnumerable<TestCaseData> Faults()
    {
        for (var nth = 1; nth <= 3; nth++)
        {
            yield return Fault("CFDataCreate", nth);
            yield return Fault("CFArrayCreate", nth);
            yield return Fault("SecCertificateCopyData", nth);
            yield return Fault("CFDataGetLength", nth, -1);
            yield return Fault("CFDataGetBytePtr", nth);
            yield return Fault("CFArrayGetValueAtIndex", nth);
        }

        yield return Fault("SecCertificateCreateWithData", 1, 0, FailureReason.MalformedCertificate, -25257);
        yield return Fault("CFStringCreateWithBytes");
        yield return Fault("SecPolicyCreateSSL");
        yield return Fault("SecPolicyCreateRevocation");
        yield return Fault("CFDateCreate");
        yield return Fault("SecTrustCreateWithCertificates", 1, Param, nativeCode: Param);
        yield return Fault("SecTrustCreateWithCertificates", 1, 0);
        yield return Fault("SecTrustSetAnchorCertificates", 1, Param, nativeCode: Param);
        yield return Fault("SecTrustSetAnchorCertificatesOnly", 1, Param, nativeCode: Param);
        yield return Fault("SecTrustSetVerifyDate", 1, Param, nativeCode: Param);
        yield return Fault("SecTrustSetNetworkFetchAllowed", 1, -4, nativeCode: -4);
        yield return Fault("SecTrustCopyCertificateChain");
        yield return Fault("CFArrayGetCount", 1, -1);
    }

    [TestCaseSource(nameof(Faults))]
    public void Verify_CallFails_IsRejectedWithItsName(string function, int nth, long value, FailureReason reason, int? nativeCode)
    {
        StandIn.Set("RevocationStatus");
        StandIn.Fail(function, nth, value);

        var result = Verify(Good with { VerifyFlags = TlsVerifyFlags.CrlCheckChain, AllowNetwork = true });

        AssertRejected(result, reason, nativeCode, function);
        Assert.That(StandIn.Calls(function), Is.GreaterThanOrEqualTo(nth), "the call was made");
    }

    [Test]
    public void Verify_NothingFails_IsTrusted()
    {
        StandIn.Set("RevocationStatus");

        Assert.That(Verify(Good with { VerifyFlags = TlsVerifyFlags.CrlCheckChain, AllowNetwork = true }).IsTrusted);
    }

    [Test]
    public void Verify_EmptyChainThoughTrusted_IsRejected()
    {
        StandIn.Fail("CFArrayGetCount", 1, 0);

        AssertRejected(Verify(Good), FailureReason.Other, null, "SecTrustCopyCertificateChain");
    }

    [Test]
    public void Verify_NoWordsForTheStatus_GivesTheNumber()
    {
        StandIn.Fail("SecTrustSetVerifyDate", 1, Param);
        StandIn.Fail("SecCopyErrorMessageString");

        AssertRejected(Verify(Good), FailureReason.Other, Param, "OSStatus -50");
    }

    [TestCase(2, FailureReason.IssuerNotFound, TestName = "Verify_IntermediateNotTaken_IsMissing")]
    [TestCase(3, FailureReason.IssuerNotFound, TestName = "Verify_AnchorNotTaken_IsMissing")]
    public void Verify_CertificateNotTaken_IsLeftOut(int nth, FailureReason reason)
    {
        StandIn.Fail("SecCertificateCreateWithData", nth);

        var result = Verify(Good);

        AssertRejected(result, reason, -25318);
    }

    private static TestCaseData Fault(string function, int nth = 1, long value = 0, FailureReason reason = FailureReason.Other, int? nativeCode = null) =>
        new TestCaseData(function, nth, value, reason, nativeCode).SetArgDisplayNames(function, $"call {nth}", $"gives {value}");
}
