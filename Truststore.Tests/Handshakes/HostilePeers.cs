using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Handshakes;

/// <summary>Chains that no honest server sends, but that OpenSSL can be made to.</summary>
internal static class HostilePeers
{
    internal const string Host = "hostile.example.com";
    internal const int MaxPeerCertificates = 8;

    private const int ManyNames = 5000;
    private const int ManyConstraints = 2000;

    private const string BasicConstraints = "2.5.29.19";
    private const string CertificatePolicies = "2.5.29.32";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const string KeyUsage = "2.5.29.15";
    private const string NameConstraints = "2.5.29.30";
    private const string SubjectAlternativeName = "2.5.29.17";
    private const string Unknown = "1.3.6.1.4.1.99999.1";

    private static ThrowAwayCa Ca => HandshakePki.Instance.Ca;

    private static CertificateSpec Good => Ca.ServerSpec(Host);

    /// <summary>How to make a chain, and the reason to reject it.</summary>
    internal static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("IP address of three octets", () => Leaf(SubjectAlternativeName, [0x30, 5, 0x87, 3, 1, 2, 3]), FailureReason.HostnameMismatch);
        yield return Case("alternative names cut off", () => Leaf(SubjectAlternativeName, [0x30, 0x20, 0x82, 19]), FailureReason.MalformedExtension);
        yield return Case("alternative names without a name", () => Leaf(SubjectAlternativeName, [0x30, 0]), FailureReason.MalformedExtension);
        yield return Case("alternative names of no bytes", () => Leaf(SubjectAlternativeName, []), FailureReason.MalformedExtension);
        yield return Case("alternative names in indefinite length", () => Leaf(SubjectAlternativeName, [0x30, 0x80, 0x82, 1, (byte)'a', 0, 0]), FailureReason.MalformedExtension);
        yield return Case("NUL in the name", () => LeafWithNames(Host + "\0.example.org"), FailureReason.HostnameMismatch);
        yield return Case("control characters in the name", () => LeafWithNames("a\r\nThe certificate is trusted.example.com\u001b[2J"), FailureReason.HostnameMismatch);
        yield return Case("thousands of names", () => LeafWithNames([Host, .. Names("n", ManyNames)]), FailureReason.TooManyNames);
        yield return Case("malformed basic constraints", () => Leaf(BasicConstraints, [0x30, 3, 1, 1]), FailureReason.MalformedExtension);
        yield return Case("malformed key usage", () => Reissued(Ca.Issue(Good), replacement: new X509Extension(KeyUsage, [5, 0], critical: true)), FailureReason.MalformedExtension);
        yield return Case("name constraints in the end-entity certificate", () => Leaf(NameConstraints, [0x30, 0]), FailureReason.MalformedExtension);
        yield return Case("unknown critical extension", () => Leaf(Unknown, [5, 0]), FailureReason.UnknownCriticalExtension);
        yield return Case("a date that is none", () => Patched(Good, leaf => Replace(leaf, NotAfter, "991399"u8)), FailureReason.MalformedCertificate);
        yield return Case("changed signature", () => Patched(Good, leaf => leaf[^1] ^= 1), FailureReason.InvalidSignature);
        yield return Case("changed name under the signature", () => Patched(Ca.ServerSpec("hostilf.example.com"), leaf => Replace(leaf, "hostilf"u8, "hostile"u8)), FailureReason.InvalidSignature);
        yield return Case("CA with malformed name constraints", () => UnderCa(ca => ca with { NameConstraints = new byte[] { 0x30, 2, 0xA0, 0 } }), FailureReason.MalformedExtension);
        yield return Case("issued by an end-entity certificate", () => HostilePeer.Of(Ca.Keep(Ca.Issue(Good).Issue(Good))), FailureReason.NotACertificationAuthority);
        yield return Case("more certificates than allowed", ManyCertificates, FailureReason.TooManyCertificates);
    }

    /// <summary>Chains at which .NET's own chain builder, which cannot be kept from looking at them, throws before anybody is asked.</summary>
    internal static IEnumerable<TestCaseData> CasesBeyondDotNet()
    {
        yield return Case("malformed extended key usage", () => Leaf(ExtendedKeyUsage, [0x30, 2, 6, 0]), FailureReason.MalformedExtension);
        yield return Case("malformed certificate policies", () => Leaf(CertificatePolicies, [0x30, 2, 6, 0]), FailureReason.MalformedExtension);
        yield return Case("CA key on an explicit curve", CaOnExplicitCurve, FailureReason.WeakKey);
        yield return Case(
            "names times name constraints",
            () => UnderCa(ca => ca with { NameConstraints = HostileIssuer.ExcludedNames(Names("x", ManyConstraints)) }, [Host, .. Names("n", ManyConstraints)]),
            FailureReason.NameConstraintBudgetExceeded);
    }

    private static byte[] NotAfter => Encoding.ASCII.GetBytes(Good.NotAfter.ToString("yyMMdd", CultureInfo.InvariantCulture));

    private static TestCaseData Case(string name, Func<HostilePeer> create, FailureReason expected) => new TestCaseData(create, expected).SetArgDisplayNames(name);

    private static HostilePeer Leaf(string oid, byte[] value) =>
        HostilePeer.Of(Ca.Issue(Good with { ExtraExtensions = [new X509Extension(oid, value, critical: true)] }));

    private static HostilePeer LeafWithNames(params IReadOnlyList<string> names) => HostilePeer.Of(Ca.Issue(WithNames(names)));

    private static CertificateSpec WithNames(IEnumerable<string> names) =>
        Good with { ExtraExtensions = [new X509Extension(SubjectAlternativeName, HostileIssuer.AlternativeNames(names), critical: false)] };

    private static IEnumerable<string> Names(string prefix, int count) => Enumerable.Range(0, count).Select(i => $"{prefix}{i}.test");

    private static HostilePeer UnderCa(Func<CertificateSpec, CertificateSpec> change, params IReadOnlyList<string> names)
    {
        var ca = Ca.Keep(Ca.Root.Issue(change(CertificateSpec.Authority("Hostile CA", Good.NotBefore, Good.NotAfter))));
        return HostilePeer.Of(Ca.Keep(ca.Issue(names.Count > 0 ? WithNames(names) : Good)));
    }

    private static HostilePeer CaOnExplicitCurve()
    {
        var ca = Ca.Keep(Ca.Root.Issue(CertificateSpec.Authority("Hostile CA", Good.NotBefore, Good.NotAfter)));
        var peer = HostilePeer.Of(Ca.Keep(ca.Issue(Good)));
        return peer with { Certificates = [peer.Certificates[0], HostileIssuer.Reissue(ca, HostileIssuer.OnExplicitCurve(ca))] };
    }

    private static HostilePeer Reissued(IssuedCertificate certificate, X509Extension replacement)
    {
        var peer = HostilePeer.Of(certificate);
        return peer with { Certificates = [HostileIssuer.Reissue(certificate, replacement: replacement), .. peer.Certificates.Skip(1)] };
    }

    /// <summary>A certificate with bytes changed after it was signed.</summary>
    private static HostilePeer Patched(CertificateSpec spec, Action<byte[]> patch)
    {
        var peer = HostilePeer.Of(Ca.Issue(spec));
        var certificate = peer.Certificates[0].ToArray();
        patch(certificate);
        return peer with { Certificates = [certificate, .. peer.Certificates.Skip(1)] };
    }

    private static HostilePeer ManyCertificates()
    {
        var peer = HostilePeer.Of(Ca.Issue(Good));
        return peer with { Certificates = [.. peer.Certificates, .. Enumerable.Repeat(Ca.Root.Der, MaxPeerCertificates - 1)] };
    }

    private static void Replace(byte[] encoded, ReadOnlySpan<byte> old, ReadOnlySpan<byte> replacement)
    {
        for (int at, from = 0; (at = encoded.AsSpan(from).IndexOf(old)) >= 0; from += at + old.Length)
        {
            replacement.CopyTo(encoded.AsSpan(from + at));
        }
    }
}
