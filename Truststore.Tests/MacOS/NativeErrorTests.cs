using Truststore.Platform.MacOS.Trust;

namespace Truststore.Tests.MacOS;

/// <summary>What SecTrustEvaluateWithError says, in Core's reasons and in its own words.</summary>
internal sealed class NativeErrorTests : MacOSFixture
{
    private const int UnknownCode = -12345;

    /// <summary>The codes of Apple's headers by name, and what they mean.</summary>
    private static IEnumerable<TestCaseData> Codes()
    {
        yield return Code("errSecHostNameMismatch", -67602, FailureReason.HostnameMismatch);
        yield return Code("errSecCertificateExpired", -67818, FailureReason.Expired);
        yield return Code("errSecCertificateNotValidYet", -67819, FailureReason.NotYetValid);
        yield return Code("errSecCertificateRevoked", -67820, FailureReason.Revoked);
        yield return Code("errSecIncompleteCertRevocationCheck", -67635, FailureReason.RevocationStatusUnknown);
        yield return Code("errSecOCSPUnavailable", -67632, FailureReason.RevocationStatusUnknown);
        yield return Code("errSecCRLNotFound", -67615, FailureReason.RevocationStatusUnknown);
        yield return Code("errSecInvalidExtendedKeyUsage", -67609, FailureReason.InvalidExtendedKeyUsage);
        yield return Code("errSecInvalidKeyUsageForPolicy", -67608, FailureReason.InvalidKeyUsage);
        yield return Code("errSecNoBasicConstraints", -67604, FailureReason.NotACertificationAuthority);
        yield return Code("errSecNoBasicConstraintsCA", -67605, FailureReason.NotACertificationAuthority);
        yield return Code("errSecPathLengthConstraintExceeded", -67611, FailureReason.PathLengthExceeded);
        yield return Code("errSecUnsupportedKeySize", -67735, FailureReason.WeakKey);
        yield return Code("errSecInvalidDigestAlgorithm", -67815, FailureReason.WeakSignatureAlgorithm);
        yield return Code("errSecUnknownCriticalExtensionFlag", -67603, FailureReason.UnknownCriticalExtension);
        yield return Code("errSecInvalidName", -67689, FailureReason.NameConstraintViolation);
        yield return Code("errSecInvalidPolicyIdentifiers", -67835, FailureReason.PolicyViolation);
        yield return Code("errSecTrustSettingDeny", -67654, FailureReason.Distrusted);
        yield return Code("errSecInvalidRoot", -67612, FailureReason.Distrusted);
        yield return Code("errSecCertificateDuplicateExtension", -67903, FailureReason.MalformedCertificate);
        yield return Code("errSecVerifyActionFailed", -67825, FailureReason.Other);
        yield return Code("errSecCertificateValidityPeriodTooLong", -67901, FailureReason.Other);
        yield return Code("no such code", UnknownCode, FailureReason.Other);

        // The chain does end at an anchor, so neither its root nor its issuer is what is wrong.
        yield return Code("errSecNotTrusted", -67843, FailureReason.Other);
        yield return Code("errSecCreateChainFailed", -25318, FailureReason.Other);
    }

    [TestCaseSource(nameof(Codes))]
    public void Verify_CodeOfSecTrust_HasItsReason(int code, FailureReason reason)
    {
        StandIn.Fail("SecTrustEvaluateWithError", 1, code);

        AssertRejected(Verify(Good), reason, code, "The stand-in does not trust the certificate");
    }

    [Test]
    public void Reasons_EveryCode_IsNoOther() =>
        Assert.That(SecurityStatus.Reasons.Where(r => r.Value == FailureReason.Other || r.Key >= 0), Is.Empty);

    [Test]
    public void Verify_ExpiredAndForAnotherHost_NamesBoth()
    {
        var expired = Pki.Issue(s => s with { NotAfter = Contract.ContractPki.Now.AddSeconds(-1), DnsNames = ["other.example.com"] });

        var result = Verify(Contract.ContractPki.Request(expired.ServerChain));

        Assert.That(result.Failures.Select(f => (f.Reason, f.NativeCode)), Is.EqualTo(new (FailureReason, int?)[] { (FailureReason.Expired, -67818), (FailureReason.HostnameMismatch, null) }));
    }

    private static IEnumerable<TestCaseData> Descriptions()
    {
        yield return new TestCaseData("Ein Zertifikat „Größe“ ist abgelaufen 🔒.", "Ein Zertifikat „Größe“ ist abgelaufen 🔒 (OSStatus -12345).").SetArgDisplayNames("not ASCII");
        yield return new TestCaseData("half a pair: \ud83d.", "half a pair: ? (OSStatus -12345).").SetArgDisplayNames("lone surrogate");
        yield return new TestCaseData("a\0b\u001b[31m\u202ec", "a\\u0000b\\u001B[31m\\u202Ec (OSStatus -12345).").SetArgDisplayNames("control characters");
        yield return new TestCaseData("", "does not say why (OSStatus -12345).").SetArgDisplayNames("empty");
        yield return new TestCaseData(new string('x', 3_000_000), "xxxxxxxxxx").SetArgDisplayNames("three million characters");
    }

    [TestCaseSource(nameof(Descriptions))]
    public void Verify_AnyDescription_IsQuoted(string description, string text)
    {
        StandIn.Describe(description);
        StandIn.Fail("SecTrustEvaluateWithError", 1, UnknownCode);

        AssertRejected(Verify(Good), FailureReason.Other, UnknownCode, text);
    }

    [TestCase("CFErrorCopyDescription", 0, "does not say why (OSStatus -12345)")]
    [TestCase("CFStringGetLength", -1, "(code -12345 of an unnamed domain)")]
    [TestCase("CFStringGetBytes", 0, "(code -12345 of an unnamed domain)")]
    [TestCase("CFErrorGetDomain", 0, "(code -12345 of an unnamed domain)")]
    public void Verify_ErrorThatCannotBeRead_IsRejectedAllTheSame(string function, long value, string text)
    {
        StandIn.Fail("SecTrustEvaluateWithError", 1, UnknownCode);
        StandIn.Fail(function, 1, value);

        AssertRejected(Verify(Good), FailureReason.Other, function.Contains("Copy", StringComparison.Ordinal) ? UnknownCode : null, text);
    }

    [Test]
    public void Verify_CodeBeyondOSStatus_IsOther()
    {
        StandIn.Fail("SecTrustEvaluateWithError", 1, UnknownCode);
        StandIn.Fail("CFErrorGetCode", 1, 4_294_899_694); // -67602 in the low 32 bits

        AssertRejected(Verify(Good), FailureReason.Other, null, "4294899694");
    }

    [Test]
    public void Verify_CodeOfAnotherDomain_IsNotTakenForAnOSStatus()
    {
        StandIn.Set("ErrorDomain");
        StandIn.Fail("SecTrustEvaluateWithError", 1, -67602);

        AssertRejected(Verify(Good), FailureReason.Other, null, "code -67602 of NSPOSIXErrorDomain");
    }

    [TestCase("ErrorWithoutDescription", UnknownCode, "does not say why")]
    [TestCase("NoError", null, "gave no reason")]
    public void Verify_ErrorWithoutWords_IsRejected(string setting, int? nativeCode, string text)
    {
        StandIn.Set(setting);
        StandIn.Fail("SecTrustEvaluateWithError", 1, UnknownCode);

        AssertRejected(Verify(Good), FailureReason.Other, nativeCode, text);
    }

    [Test]
    public void Verify_TrustedAndAnErrorBeside_IsRejected()
    {
        StandIn.Set("ErrorWithTrust");

        AssertRejected(Verify(Good), FailureReason.Other, -67843);
    }

    [Test]
    public void Verify_RejectedWithoutAChain_SpeaksOfTheEndEntity()
    {
        StandIn.Fail("SecTrustEvaluateWithError", 1, -67602);
        StandIn.Fail("SecTrustCopyCertificateChain");

        var result = Verify(Good);

        AssertRejected(result, FailureReason.HostnameMismatch, -67602);
        Assert.That(result.Path, Is.EqualTo(new[] { Pki.Server.Info }));
    }

    private static TestCaseData Code(string name, int code, FailureReason reason) => new TestCaseData(code, reason).SetArgDisplayNames(name);
}
