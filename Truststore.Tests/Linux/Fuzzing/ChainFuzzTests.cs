using Truststore.Cli.Demo;
using Truststore.Platform.Linux;
using Truststore.Tests.Contract;
using Truststore.Tests.Core.Fuzzing;

namespace Truststore.Tests.Linux.Fuzzing;

/// <summary>Whatever a peer sends: a verdict, never an exception, and never trust in something that no CA signed.</summary>
internal sealed class ChainFuzzTests
{
    private const int Inputs = 15_000;

    private static readonly TlsVerifyFlags[] s_flags = [TlsVerifyFlags.None, TlsVerifyFlags.X509Strict, TlsVerifyFlags.X509PartialChain, TlsVerifyFlags.CrlCheckChain, TlsVerifyFlags.CrlCheckChain | TlsVerifyFlags.X509Strict];

    private static readonly Lazy<ThrowAwayCa> s_rsa = new(() => new ThrowAwayCa(ContractPki.Now, "RSA", KeySpec.Rsa(2048)));

    // Remembers the intermediates of trusted paths, as a program's verifier does.
    private readonly LinuxChainVerifier _verifier = new(source: null, publicSuffixFile: default);

    /// <summary>
    /// What was signed is untouched in every chain that is accepted: of the certificates only the signature's own octets may differ, where the scheme has more than one encoding of a signature, as ECDSA has
    /// (r, s) and (r, n - s). That is told apart by <see cref="Signatures.SignatureMalleabilityTests"/>.
    /// </summary>
    [Test]
    public async Task Verify_MutatedChain_IsTrustedOnlyWithTheSignedPartsUntouched([Values("EC", "RSA")] string keys)
    {
        var chain = (keys is "EC" ? ContractPki.Instance.Server : s_rsa.Value.IssueServer(ContractPki.Host)).Path.ToList();
        var seeds = chain.ConvertAll(c => new FuzzSeed(c.Der.ToArray()));
        var signed = chain.ConvertAll(c => SignedPart(c.Info));
        var mutator = new Mutator(7, seeds);
        var request = ContractPki.Request(chain) with { AddedAnchors = ContractPki.Anchors(chain[^1]) };
        var position = 0;

        await FuzzRun.RunAsync(Inputs, () => mutator.Mutate(seeds[position = mutator.Random.Next(2)]), input =>
        {
            var peers = chain.ConvertAll(c => c.Der);
            peers[position] = input;
            var result = Verify(request with { PeerChain = PeerCertificate.CreateChain(peers), VerifyFlags = s_flags[mutator.Random.Next(3)] });
            return !result.IsTrusted || result.VerifiedPath.All(c => signed.Exists(s => s.AsSpan().SequenceEqual(SignedPart(c))))
                ? result.IsTrusted
                : throw new InvalidOperationException($"Trusted although certificate {position} was changed in what is signed.");
        });
    }

    /// <summary>A CA signs whatever it is asked to, in certificates and in revocation lists: rules get to see what never got past a signature above.</summary>
    [Test]
    public async Task Verify_MutatedAndSigned_ThrowsNothing([Range(1, 2)] int part)
    {
        var certificates = new Mutator(part, FuzzSeeds.Certificates);
        var lists = new Mutator(part, FuzzSeeds.RevocationLists);
        var chain = new SignedChain();
        var request = chain.Request with { HostnameChecksCommonName = true };

        await FuzzRun.RunAsync(
            Inputs,
            () =>
            {
                var random = certificates.Random;
                byte[] leaf = random.Next(2) == 0 ? chain.SignServer(Change(certificates, chain.Server)) : [];
                byte[] intermediate = leaf.Length == 0 ? chain.SignIntermediate(Change(certificates, chain.Intermediate)) : [];
                byte[] list = random.Next(4) == 0 ? chain.SignList(Change(lists, chain.List)) : [];
                request = chain.Request with
                {
                    HostnameChecksCommonName = true,
                    PeerChain =
                    [
                        leaf.Length > 0 ? new PeerCertificate(leaf) : chain.Request.PeerChain[0],
                        intermediate.Length > 0 ? new PeerCertificate(intermediate) : chain.Request.PeerChain[1],
                    ],
                    RevocationLists = TryParse(list) is { } parsed ? [parsed] : [],
                    VerifyFlags = s_flags[random.Next(s_flags.Length)],
                };
                return [.. leaf, .. intermediate, .. list];
            },
            _ => Verify(request).IsTrusted);
    }

    [Test]
    public void Verify_SignedChainAsItIs_IsTrusted() => Assert.That(Verify(new SignedChain().Request).Failures, Is.Empty);

    private ChainVerificationResult Verify(ChainVerificationRequest request)
    {
        var result = _verifier.Verify(request);
        if (!result.IsTrusted)
        {
            VerificationExplanation.Write(result, request.ReferenceIdentifier);
        }

        return result;
    }

    private static byte[] SignedPart(CertificateInfo certificate) => DerTree.Read(certificate.RawData.ToArray()) is var tree ? tree.Value(tree.Nodes[1]).ToArray() : [];

    /// <summary>Mostly a change that leaves an encoding: what is none never gets to the rules.</summary>
    private static byte[] Change(Mutator mutator, FuzzSeed seed) => mutator.Random.Next(8) == 0 ? mutator.Mutate(seed) : mutator.ChangeStructure(seed);

    private static CertificateRevocationList? TryParse(byte[] der)
    {
        try
        {
            return CertificateRevocationList.Parse(der);
        }
        catch (CertificateFormatException)
        {
            return null;
        }
    }
}
