using System.Formats.Asn1;
using static Truststore.Tests.Core.Trust.TrustSamples;

namespace Truststore.Tests.Core.Trust;

internal sealed class TrustedCertificateTests
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string AnyUsage = "2.5.29.37.0";

    private static readonly Asn1Tag s_reject = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_other = new(TagClass.ContextSpecific, 1, isConstructed: true);

    private static IEnumerable<TestCaseData> Restrictions()
    {
        yield return Case("nothing", null, null, server: true, client: true);
        yield return Case("trusted for servers", [ServerAuthentication], null, server: true, client: false);
        yield return Case("trusted for both", [ServerAuthentication, ClientAuthentication], null, server: true, client: true);
        yield return Case("trusted for any", [AnyUsage], null, server: true, client: true);
        yield return Case("trusted for none", [], null, server: false, client: false);
        yield return Case("rejected for servers", null, [ServerAuthentication], server: false, client: true);
        yield return Case("rejected for any", null, [AnyUsage], server: false, client: false);
        yield return Case("trusted and rejected", [ServerAuthentication, ClientAuthentication], [ServerAuthentication], server: false, client: true);
    }

    [TestCaseSource(nameof(Restrictions))]
    public void LoadVerifyLocations_TrustedCertificate_KeepsTheUsages(string[]? trusted, string[]? rejected, bool server, bool client)
    {
        var anchor = Load(Auxiliary(writer =>
        {
            WriteUsages(writer, trusted, Asn1Tag.Sequence);
            WriteUsages(writer, rejected, s_reject);
        }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(anchor.Certificate.RawData.ToArray(), Is.EqualTo(Root), "The certificate's own bytes alone are the certificate.");
            Assert.That(anchor.TrustedUsages, Is.EqualTo(trusted));
            Assert.That(anchor.RejectedUsages, Is.EqualTo(rejected ?? []));
            Assert.That(anchor.IsTrustedFor(PeerPurpose.ServerAuthentication), Is.EqualTo(server));
            Assert.That(anchor.IsTrustedFor(PeerPurpose.ClientAuthentication), Is.EqualTo(client));
        }
    }

    [Test]
    public void LoadVerifyLocations_TrustedCertificateWithAllFields_IsRead()
    {
        var anchor = Load(Auxiliary(writer =>
        {
            WriteUsages(writer, [ServerAuthentication], Asn1Tag.Sequence);
            WriteUsages(writer, [ClientAuthentication], s_reject);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, "My root");
            writer.WriteOctetString([1, 2, 3]);
            using (writer.PushSequence(s_other))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.113549.3.7");
            }
        }));

        Assert.That(anchor.TrustedUsages, Is.EqualTo([ServerAuthentication]));
        Assert.That(anchor.RejectedUsages, Is.EqualTo([ClientAuthentication]));
    }

    private static IEnumerable<TrustCase> BadAuxiliaries()
    {
        yield return new("not a sequence", [0x05, 0x00]);
        yield return new("truncated", [0x30, 0x02, 0x30]);
        yield return new("followed by something", [.. Auxiliary(_ => { }), 0x05, 0x00]);
        yield return new("usage that is no object identifier", Auxiliary(writer =>
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
            }
        }));
        yield return new("fields out of order", Auxiliary(writer =>
        {
            WriteUsages(writer, [ServerAuthentication], s_reject);
            WriteUsages(writer, [ServerAuthentication], Asn1Tag.Sequence);
        }));
        yield return new("unknown field", Auxiliary(writer => writer.WriteBoolean(value: true)));
    }

    [TestCaseSource(nameof(BadAuxiliaries))]
    public void LoadVerifyLocations_TrustedCertificateWithBadRestrictions_IsRefused(TrustCase bad) =>
        TrustAssert.Refuses(
            context => context.LoadVerifyLocations(caData: IntermediatePem + Pem("TRUSTED CERTIFICATE", [.. Root, .. bad.Data])),
            "caData",
            $"Block 2 (line {Lines(IntermediatePem) + 1})",
            "cannot be decoded");

    [Test]
    public void LoadVerifyLocations_RestrictionsBehindPlainLabel_AreRefused()
    {
        var restricted = Pem("CERTIFICATE", [.. Root, .. Auxiliary(writer => WriteUsages(writer, [ClientAuthentication], Asn1Tag.Sequence))]);

        TrustAssert.Refuses(context => context.LoadVerifyLocations(caData: restricted), "caData", "Block 1 (line 1)", "cannot be decoded");
    }

    [Test]
    public async Task LoadVerifyLocations_TrustedCertificateByOpenSsl_KeepsTheUsages()
    {
        using var directory = new TemporaryDirectory();
        var plain = directory.Write("plain.pem", RootPem);
        var trusted = directory.PathOf("trusted.pem");
        await OpenSslCommand.RunAsync("x509", "-in", plain, "-trustout", "-addtrust", "serverAuth", "-addreject", "clientAuth", "-setalias", "Größe", "-out", trusted);
        var context = TrustAssert.NewContext();

        context.LoadVerifyLocations(caFile: trusted);

        var anchor = context.AddedAnchors[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await File.ReadAllTextAsync(trusted), Does.Contain("TRUSTED CERTIFICATE"));
            Assert.That(anchor.Certificate.RawData.ToArray(), Is.EqualTo(Root));
            Assert.That(anchor.TrustedUsages, Is.EqualTo([ServerAuthentication]));
            Assert.That(anchor.RejectedUsages, Is.EqualTo([ClientAuthentication]));
        }
    }

    private static TrustAnchor Load(byte[] auxiliary)
    {
        var context = TrustAssert.NewContext();
        context.LoadVerifyLocations(caData: Pem("TRUSTED CERTIFICATE", [.. Root, .. auxiliary]));
        return context.AddedAnchors[0];
    }

    private static byte[] Auxiliary(Action<AsnWriter> writeFields)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writeFields(writer);
        }

        return writer.Encode();
    }

    private static void WriteUsages(AsnWriter writer, string[]? usages, Asn1Tag tag)
    {
        if (usages is null)
        {
            return;
        }

        using (writer.PushSequence(tag))
        {
            foreach (var usage in usages)
            {
                writer.WriteObjectIdentifier(usage);
            }
        }
    }

    private static TestCaseData Case(string name, string[]? trusted, string[]? rejected, bool server, bool client) =>
        new TestCaseData(trusted, rejected, server, client).SetArgDisplayNames(name);
}
