using System.Security.Cryptography;
using System.Text;
using Truststore.Tests.Forging;
using static Truststore.Tests.Forging.ForgedCertificate;

namespace Truststore.Tests.Linux.Pathological;

/// <summary>Many certificates that could issue one another.</summary>
internal static class PathCases
{
    private const int Most = 255;

    private static readonly ForgedCertificate s_root = Root("Root");
    private static readonly ForgedCertificate s_stranger = Root("Stranger");

    internal static IEnumerable<PathologicalCase> All()
    {
        yield return new("namesakes with keys on P-256", () => Namesakes(ECCurve.NamedCurves.nistP256), FailureReason.SignatureBudgetExceeded);
        yield return new("namesakes with keys on P-384", () => Namesakes(ECCurve.NamedCurves.nistP384), FailureReason.SignatureBudgetExceeded);
        yield return new("namesakes with keys on P-521", () => Namesakes(ECCurve.NamedCurves.nistP521), FailureReason.SignatureBudgetExceeded);
        yield return new("namesakes with keys on brainpoolP512r1", () => Namesakes(ECCurve.NamedCurves.brainpoolP512r1), FailureReason.SignatureBudgetExceeded);
        yield return new("namesakes with RSA keys of 2048 bits", () => RsaNamesakes(2048, [1, 0, 1]), FailureReason.SignatureBudgetExceeded);
        yield return new("namesakes with RSA keys of 8192 bits", () => RsaNamesakes(8192, [1, 0, 1]), FailureReason.SignatureBudgetExceeded);
        yield return new("namesakes with RSA keys of 8192 bits and long exponents", () => RsaNamesakes(8192, [0xFF, 0xFF, 0xFF, 0xFF]), FailureReason.SignatureBudgetExceeded);
        yield return new("namesakes with RSA keys of 16384 bits", () => RsaNamesakes(16384, [1, 0, 1]), FailureReason.WeakKey);
        yield return new("intermediates of 250 KB", LargeIntermediates, null);
        yield return new("namesakes over a large certificate", LargeUnderNamesakes, FailureReason.SignatureBudgetExceeded);
        yield return new("namesakes that all signed one another, no anchor", () => Clique(15, isAnchored: false), FailureReason.UntrustedRoot);
        yield return new("namesakes that all signed one another, anchored", () => Clique(15, isAnchored: true), FailureReason.SignatureBudgetExceeded);
        yield return new("mesh of 5 levels of 7, no anchor", () => Mesh(5, 7, null), FailureReason.IssuerNotFound);
        yield return new("mesh of 5 levels of 7, an anchor that allows nothing", () => Mesh(5, 7, Excluding), FailureReason.NameConstraintViolation);
        yield return new("mesh of 10 levels of 3, an anchor that allows nothing", () => Mesh(10, 3, Excluding), FailureReason.NameConstraintViolation);
        yield return new("8 levels of 3 copies, an anchor that signed nothing", () => Copies(8, 3), FailureReason.CandidateBudgetExceeded);
        yield return new("mesh of 16 levels of 2, an anchor that allows nothing", () => Mesh(16, 2, Excluding), FailureReason.NameConstraintViolation);
        yield return new("one key under many names", OneKey, FailureReason.SignatureBudgetExceeded);
        yield return new("chain of 250", () => Chain(250, isSelfIssued: false), FailureReason.PathTooLong);
        yield return new("chain of 250, self-issued", () => Chain(250, isSelfIssued: true), FailureReason.SignatureBudgetExceeded);
        yield return new("chain of 250 in disorder", () => Shuffled(Chain(250, isSelfIssued: false)), FailureReason.PathTooLong);
        yield return new("255 large certificates that nobody needs", () => Unneeded(1500), null);
        yield return new("255 certificates of long key identifiers", LongKeyIdentifiers, FailureReason.SignatureBudgetExceeded);
        yield return new("255 certificates of long names", LongNames, FailureReason.PathTooLong);
        yield return new("255 that are no certificates", () => With(_ => RandomNumberGenerator.GetBytes(1000)), null);
        yield return new("255 that are nearly certificates", () => With(i => [.. s_root.Encoded[..^1], (byte)i, 0]), null);
        yield return new("255 copies of the issuer", () => With(_ => s_root.Encoded), null);
    }

    private static byte[] Excluding => Extension("2.5.29.30", isCritical: true, Der.Sequence(Der.Wrapped(1, Der.Sequence(Der.Tagged(2, [])))));

    private static ChainVerificationRequest Namesakes(ECCurve curve)
    {
        var keys = Enumerable.Range(0, Most).Select(_ => ECDsa.Create(curve));
        var namesakes = keys.Select(key => s_root.Issue(new ForgedSpec { Subject = Der.CommonName("Stranger"), Key = key, OmitKeyIdentifiers = true })).ToList();
        var server = s_stranger.Issue(ServerSpec() with { OmitKeyIdentifiers = true });
        return Request([server, .. namesakes], s_root);
    }

    private static ChainVerificationRequest RsaNamesakes(int bits, byte[] exponent)
    {
        // As many as fit the limit of a chain.
        var count = Math.Min(Most, 480_000 / ((bits / 8) + 300));
        var namesakes = Enumerable.Range(0, count).Select(_ => s_root.Issue(new ForgedSpec { Subject = Der.CommonName("Stranger"), SubjectPublicKeyInfo = CertificateCases.RsaKey(bits, exponent), OmitKeyIdentifiers = true })).ToList();
        var server = s_stranger.Issue(ServerSpec() with { OmitKeyIdentifiers = true, Signature = CertificateCases.RsaSignature(bits) });
        return Request([server, .. namesakes], s_root);
    }

    private static ChainVerificationRequest LargeIntermediates()
    {
        var padding = Extension("1.3.6.1.4.1.55555.1", isCritical: false, new byte[250_000]);
        var upper = s_root.Issue(new ForgedSpec { Subject = Der.CommonName("Upper"), Extensions = [padding] });
        var lower = upper.Issue(new ForgedSpec { Subject = Der.CommonName("Lower"), Extensions = [padding] });
        return Request([lower.IssueServer(), lower, upper], s_root);
    }

    private static ChainVerificationRequest LargeUnderNamesakes()
    {
        var namesakes = Enumerable.Range(0, Most).Select(_ => s_root.Issue(new ForgedSpec { Subject = Der.CommonName("Stranger"), OmitKeyIdentifiers = true })).ToList();
        var large = s_stranger.Issue(ServerSpec() with { OmitKeyIdentifiers = true, Extensions = [Extension("1.3.6.1.4.1.55555.1", isCritical: false, new byte[250_000])] });
        return Request([large, .. namesakes], s_root);
    }

    private static ChainVerificationRequest Clique(int size, bool isAnchored)
    {
        var roots = Enumerable.Range(0, size).Select(_ => Root(new ForgedSpec { Subject = Der.CommonName("Clique"), OmitKeyIdentifiers = true })).ToList();
        var crossed = roots.SelectMany(issuer => roots.Where(r => r != issuer).Select(r => issuer.Issue(new ForgedSpec { Subject = Der.CommonName("Clique"), Key = r.Key, OmitKeyIdentifiers = true }))).ToList();
        var server = roots[0].Issue(ServerSpec() with { OmitKeyIdentifiers = true });

        // An anchor of their name that signed none of them.
        return Request([server, .. crossed], isAnchored ? Root("Clique") : s_root);
    }

    private static ChainVerificationRequest Mesh(int depth, int width, byte[]? anchorExtension)
    {
        var anchor = Root(new ForgedSpec { Subject = Der.CommonName("Top"), Extensions = anchorExtension is null ? [] : [anchorExtension] });
        List<ForgedCertificate> above = [anchor];
        List<ForgedCertificate> all = [];
        for (var level = 0; level < depth; level++)
        {
            List<ForgedCertificate> here = [];
            for (var i = 0; i < width; i++)
            {
                var spec = new ForgedSpec { Subject = Der.CommonName($"Level {level}"), Key = ECDsa.Create(ECCurve.NamedCurves.nistP256), OmitKeyIdentifiers = true };
                var twins = above.Select(issuer => issuer.Issue(spec)).ToList();
                all.AddRange(twins);
                here.Add(twins[0]);
            }

            above = here;
        }

        var server = above[0].Issue(ServerSpec() with { OmitKeyIdentifiers = true });
        return Request([server, .. all.Take(Most)], anchorExtension is null ? s_root : anchor);
    }

    /// <summary>Each level is one key, certified alike several times over.</summary>
    private static ChainVerificationRequest Copies(int depth, int width)
    {
        var issuer = Root("Top");
        List<ForgedCertificate> all = [];
        for (var level = 0; level < depth; level++)
        {
            var spec = new ForgedSpec { Subject = Der.CommonName($"Level {level}"), Key = ECDsa.Create(ECCurve.NamedCurves.nistP256) };
            var copies = Enumerable.Range(0, width).Select(_ => issuer.Issue(spec)).ToList();
            all.AddRange(copies);
            issuer = copies[0];
        }

        return Request([issuer.IssueServer(), .. all], Root(new ForgedSpec { Subject = Der.CommonName("Top"), OmitKeyIdentifiers = true }));
    }

    private static ChainVerificationRequest OneKey()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificates = Enumerable.Range(0, 15).SelectMany(subject => Enumerable.Range(0, 16).Select(issuer => Root(new ForgedSpec { Subject = Der.CommonName($"Name {subject}"), Issuer = Der.CommonName($"Name {issuer}"), Key = key }))).ToList();
        var anchor = Root(new ForgedSpec { Subject = Der.CommonName("Name 15"), Key = key, Extensions = [Excluding] });
        return Request([Root(ServerSpec() with { Issuer = Der.CommonName("Name 0"), Key = key }), .. certificates], anchor);
    }

    private static ChainVerificationRequest Chain(int length, bool isSelfIssued)
    {
        List<ForgedCertificate> chain = [];
        var issuer = s_root;
        for (var i = 0; i < length; i++)
        {
            issuer = issuer.Issue(new ForgedSpec { Subject = Der.CommonName(isSelfIssued ? "Root" : $"Link {i}") });
            chain.Insert(0, issuer);
        }

        return Request([issuer.IssueServer(), .. chain], s_root);
    }

    private static ChainVerificationRequest Shuffled(ChainVerificationRequest request)
    {
        var rest = request.PeerChain.Skip(1).ToArray();
        new Random(1).Shuffle(rest);
        return request with { PeerChain = [request.PeerChain[0], .. rest] };
    }

    private static ChainVerificationRequest Unneeded(int octets)
    {
        var names = Enumerable.Range(0, octets / 10).Select(i => Der.Tagged(2, Encoding.ASCII.GetBytes($"h{i:D6}"))).ToList();
        var unneeded = Enumerable.Range(0, Most).Select(i => s_root.Issue(new ForgedSpec { Subject = Der.CommonName($"Nobody {i}"), AlternativeNames = names }));
        return Request([s_root.IssueServer(), .. unneeded], s_root);
    }

    private static ChainVerificationRequest LongKeyIdentifiers()
    {
        const int octets = 800;
        var namesakes = Enumerable.Range(0, Most).Select(i => s_root.Issue(new ForgedSpec
        {
            Subject = Der.CommonName("Stranger"),
            OmitKeyIdentifiers = true,
            Extensions = [Extension("2.5.29.14", isCritical: false, Der.OctetString([.. new byte[octets], (byte)i])), Extension("2.5.29.35", isCritical: false, Der.Sequence(Der.Tagged(0, new byte[octets])))],
        })).ToList();
        var server = s_stranger.Issue(ServerSpec() with { OmitKeyIdentifiers = true, Extensions = [Extension("2.5.29.35", isCritical: false, Der.Sequence(Der.Tagged(0, [.. new byte[octets], 0])))] });
        return Request([server, .. namesakes], s_root);
    }

    private static ChainVerificationRequest LongNames()
    {
        var start = new string('x', 700);
        var certificates = Enumerable.Range(0, Most).Select(i => s_root.Issue(new ForgedSpec { Subject = Der.CommonName($"{start}{i:D3}"), Issuer = Der.CommonName($"{start.ToUpperInvariant()}{i + 1:D3}") })).ToList();
        var server = s_stranger.Issue(ServerSpec() with { Issuer = Der.CommonName($"{start.ToUpperInvariant()}000") });
        return Request([server, .. certificates], s_root);
    }

    private static ChainVerificationRequest With(Func<int, byte[]> unneeded)
    {
        var request = Request([s_root.IssueServer()], s_root);
        return request with { PeerChain = [.. request.PeerChain, .. Enumerable.Range(0, Most).Select(i => new PeerCertificate(unneeded(i)))] };
    }
}
