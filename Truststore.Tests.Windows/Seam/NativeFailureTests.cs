using System.Formats.Asn1;
using Truststore.Platform.Windows.Interop;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Seam;

/// <summary>A native call fails: there is no verdict, the failure says which call, and nothing stays open.</summary>
internal sealed class NativeFailureTests : SeamFixture
{
    private static readonly string[] s_nothing = [];
    private static readonly string[] s_cachedEngine = ["ChainEngine", "Store"];

    private static IEnumerable<TestCaseData> Calls()
    {
        yield return new TestCaseData(nameof(ICryptoApi.CertOpenStore), 1, s_nothing);
        yield return new TestCaseData(nameof(ICryptoApi.CertAddEncodedCertificateToStore), 1, s_nothing);
        yield return new TestCaseData(nameof(ICryptoApi.CertAddEncodedCRLToStore), 1, s_nothing);
        yield return new TestCaseData(nameof(ICryptoApi.CertCreateCertificateContext), 1, s_nothing);
        yield return new TestCaseData(nameof(ICryptoApi.CertGetCertificateChain), 1, s_nothing);
        yield return new TestCaseData(nameof(ICryptoApi.CertVerifyCertificateChainPolicy), 1, s_nothing);
        yield return new TestCaseData(nameof(ICryptoApi.CertOpenStore), 2, s_nothing).SetDescription("the store of the anchors");
        yield return new TestCaseData(nameof(ICryptoApi.CertAddEncodedCertificateToStore), 2, s_nothing).SetDescription("an anchor");
        yield return new TestCaseData(nameof(ICryptoApi.CertCreateCertificateChainEngine), 1, s_nothing);
        yield return new TestCaseData(nameof(ICryptoApi.CertGetCertificateChain), 2, s_cachedEngine);
        yield return new TestCaseData(nameof(ICryptoApi.CertVerifyCertificateChainPolicy), 2, s_cachedEngine);
    }

    [TestCaseSource(nameof(Calls))]
    public void Verify_FailingCall_NamesItAndReleasesWhatWasOpened(string function, int call, string[] stillOpen)
    {
        Crypto.Failure = (function, call, FakeCryptoApi.OutOfMemory);

        var failure = Verify(Good with { RevocationLists = [CreateList()] }).Failures.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Reason, Is.EqualTo(FailureReason.Other));
            Assert.That(failure.Message, Does.Contain($"{function} failed with code 0x8007000E: the words of the system."));
            Assert.That(failure.NativeCode, Is.EqualTo(FakeCryptoApi.OutOfMemory));
            Assert.That(Crypto.Open.Kinds, Is.EqualTo(stillOpen));
        }
    }

    [Test]
    public void Verify_EveryCallSucceeds_KeepsTheEngineOnly()
    {
        Assert.That(Verify(Good with { RevocationLists = [CreateList()] }).IsTrusted);

        Assert.That(Crypto.Open.Kinds, Is.EqualTo(s_cachedEngine));
    }

    [Test]
    public void Verify_EndEntityThatWindowsCannotDecode_IsMalformed()
    {
        Crypto.Failure = (nameof(ICryptoApi.CertCreateCertificateContext), 1, unchecked((int)0x8009310B));

        Assert.That(Verify(Good).Failures.Single(), Has.Property(nameof(VerificationFailure.Reason)).EqualTo(FailureReason.MalformedCertificate).And.Property(nameof(VerificationFailure.CertificateIndex)).Zero);
    }

    [Test]
    public void Verify_IntermediateThatWindowsCannotDecode_IsLeftOut()
    {
        Crypto.Failure = (nameof(ICryptoApi.CertAddEncodedCertificateToStore), 1, unchecked((int)0x8009310B));

        Assert.That(Verify(Good).IsTrusted);
    }

    /// <summary>A list of nobody; nothing looks into it here.</summary>
    private static CertificateRevocationList CreateList()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                WriteAlgorithm(writer);
                writer.WriteEncodedValue(new byte[] { 0x30, 0x0D, 0x31, 0x0B, 0x30, 0x09, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0C, 0x02, (byte)'C', (byte)'A' });
                writer.WriteUtcTime(ContractPki.Now);
            }

            WriteAlgorithm(writer);
            writer.WriteBitString([0]);
        }

        return CertificateRevocationList.Parse(writer.Encode());
    }

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.10045.4.3.2");
        }
    }
}
