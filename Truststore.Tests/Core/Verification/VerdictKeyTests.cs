using System.Reflection;
using NSubstitute;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Core.Verification;

/// <summary>Two requests that differ in anything that a verifier may look at never share a verdict.</summary>
internal sealed class VerdictKeyTests
{
    private static readonly ContractPki s_pki = ContractPki.Instance;

    /// <summary>What is not part of the question: when it is asked, and how old an answer may be. Both are compared with what the verdict rests on.</summary>
    private static readonly string[] s_notInTheKey = [nameof(ChainVerificationRequest.VerificationTime), nameof(ChainVerificationRequest.MaxVerdictAge)];

    private static readonly CertificateRevocationList[] s_lists = [Crl(1), Crl(2)];

    /// <summary>Values of each property that all mean something different.</summary>
    private static readonly Dictionary<string, Func<ChainVerificationRequest, ChainVerificationRequest>[]> s_values = new(StringComparer.Ordinal)
    {
        [nameof(ChainVerificationRequest.PeerChain)] =
        [
            r => r,
            r => r with { PeerChain = [] },
            r => r with { PeerChain = [r.PeerChain[0]] },
            r => r with { PeerChain = [r.PeerChain[1], r.PeerChain[0]] },
            r => r with { PeerChain = [.. r.PeerChain, r.PeerChain[1]] },
            r => r with { PeerChain = [.. r.PeerChain, new PeerCertificate([1])] },
            r => r with { PeerChain = [.. r.PeerChain, new PeerCertificate([2])] },
            r => r with { PeerChain = [.. r.PeerChain, new PeerCertificate([1, 2])] },
            r => r with { PeerChain = [.. r.PeerChain, new PeerCertificate([1]), new PeerCertificate([2])] },
            r => r with { PeerChain = [r.PeerChain[0], new PeerCertificate([1]), r.PeerChain[1]] },
            r => r with { PeerChain = [WithBitFlipped(r.PeerChain[0]), r.PeerChain[1]] },
            r => r with { PeerChain = [r.PeerChain[0], WithBitFlipped(r.PeerChain[1])] },
        ],
        [nameof(ChainVerificationRequest.ReferenceIdentifier)] =
        [
            r => r,
            r => r with { ReferenceIdentifier = null },
            r => r with { ReferenceIdentifier = ReferenceIdentifier.Parse("192.0.2.1") },
            r => r with { ReferenceIdentifier = ReferenceIdentifier.Parse("a.example.com") },
            r => r with { ReferenceIdentifier = ReferenceIdentifier.ParseEmail("a@example.com") },
            r => r with { ReferenceIdentifier = ReferenceIdentifier.ParseEmail("A@example.com") },
        ],
        [nameof(ChainVerificationRequest.CheckHostname)] = [r => r, r => r with { CheckHostname = false }],
        [nameof(ChainVerificationRequest.HostnameChecksCommonName)] = [r => r, r => r with { HostnameChecksCommonName = true }],
        [nameof(ChainVerificationRequest.Purpose)] = [r => r, r => r with { Purpose = PeerPurpose.ClientAuthentication }],
        [nameof(ChainVerificationRequest.UseSystemAnchors)] = [r => r, r => r with { UseSystemAnchors = true }],
        [nameof(ChainVerificationRequest.AllowNetwork)] = [r => r, r => r with { AllowNetwork = true }],
        [nameof(ChainVerificationRequest.VerifyFlags)] =
        [
            .. Enum.GetValues<TlsVerifyFlags>().Distinct().Select(flag => (Func<ChainVerificationRequest, ChainVerificationRequest>)(r => r with { VerifyFlags = flag })),
        ],
        [nameof(ChainVerificationRequest.Limits)] = [r => r, .. LimitsThatDiffer()],
        [nameof(ChainVerificationRequest.RevocationLists)] =
        [
            r => r,
            r => r with { RevocationLists = [s_lists[0]] },
            r => r with { RevocationLists = [s_lists[1]] },
            r => r with { RevocationLists = [s_lists[0], s_lists[1]] },
            r => r with { RevocationLists = [s_lists[0], s_lists[0]] },
        ],
        [nameof(ChainVerificationRequest.AddedAnchors)] =
        [
            .. AnchorSets().Select(set => (Func<ChainVerificationRequest, ChainVerificationRequest>)(r => r with { AddedAnchors = set })),
        ],
    };

    private static IEnumerable<string> Properties() => typeof(ChainVerificationRequest).GetProperties().Select(p => p.Name).Except(s_notInTheKey, StringComparer.Ordinal);

    [TestCaseSource(nameof(Properties))]
    public void Verify_RequestsThatDifferInOneProperty_NeverShareAVerdict(string property)
    {
        Assert.That(s_values, Contains.Key(property), "a property that verifiers see has no values here");
        foreach (var (first, one) in s_values[property].Index())
        {
            foreach (var (second, other) in s_values[property].Index())
            {
                Assert.That(Asked(one(Request), other(Request)), Is.EqualTo(first == second ? 1 : 2), $"{property}: value {first} and then value {second}");
            }
        }
    }

    private static ChainVerificationRequest Request => ContractPki.Request(s_pki.Server.ServerChain);

    /// <summary>How often the verifier itself was asked.</summary>
    private static int Asked(params ChainVerificationRequest[] requests)
    {
        var asked = 0;
        var inner = Substitute.For<IChainVerifier>();
        inner.Verify(default!).ReturnsForAnyArgs(call =>
        {
            asked++;
            return ChainVerificationResult.Trusted(call.Arg<ChainVerificationRequest>(), [s_pki.Server.Info, s_pki.Ca.Intermediate.Info, s_pki.Ca.Root.Info]);
        });
        var verifier = new CachingChainVerifier(inner, timeProvider: new ManualTimeProvider(ContractPki.Now));
        foreach (var request in requests)
        {
            verifier.Verify(request);
        }

        return asked;
    }

    private static IEnumerable<Func<ChainVerificationRequest, ChainVerificationRequest>> LimitsThatDiffer()
    {
        foreach (var property in typeof(VerificationLimits).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            // Through the initialiser of a copy: the properties have no setters after construction.
            var limits = VerificationLimits.Default with { };
            property.SetValue(limits, property.GetValue(limits) is int count ? count + 1 : TimeSpan.FromSeconds(1));
            yield return r => r with { Limits = limits };
        }
    }

    private static IEnumerable<TrustAnchorCollection> AnchorSets()
    {
        var root = s_pki.Ca.Root.Info;
        var other = s_pki.OtherCa.Root.Info;
        yield return TrustAnchorCollection.Empty;
        yield return new([new TrustAnchor(root)]);
        yield return new([new TrustAnchor(other)]);
        yield return new([new TrustAnchor(root), new TrustAnchor(other)]);
        foreach (var (trusted, rejected) in Usages())
        {
            yield return new([new TrustAnchor(root, trusted, rejected)]);
        }

        // The border between two anchors is no border between usages.
        yield return new([new TrustAnchor(root, ["1.2"], []), new TrustAnchor(other, null, ["1.3"])]);
        yield return new([new TrustAnchor(root, ["1.2"], ["1.3"]), new TrustAnchor(other)]);
        yield return new([new TrustAnchor(root), new TrustAnchor(other, ["1.2"], ["1.3"])]);
    }

    private static IEnumerable<(string[]? Trusted, string[] Rejected)> Usages()
    {
        yield return (["*"], []);
        yield return ([], []);
        yield return ([string.Empty], []);
        yield return (["1.2 1.3"], []);
        yield return (["1.2", "1.3"], []);
        yield return (["1.2"], ["1.3"]);
        yield return (["1.2|1.3"], []);
        yield return (null, ["1.2"]);
        yield return (["*"], ["1.2"]);
        yield return (["*|1.2"], []);
        yield return ([], ["1.2", "1.3"]);
        yield return ([], ["1.2 1.3"]);
    }

    private static CertificateRevocationList Crl(int days) =>
        CertificateRevocationList.Parse(s_pki.Ca.Intermediate.CreateRevocationList(ContractPki.Now.AddDays(-days), ContractPki.Now.AddDays(days)));

    private static PeerCertificate WithBitFlipped(PeerCertificate certificate)
    {
        var copy = certificate.RawData.ToArray();
        copy[copy.Length / 2] ^= 1;
        return new PeerCertificate(copy);
    }
}
