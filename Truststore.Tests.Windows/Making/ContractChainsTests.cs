using System.Formats.Asn1;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Making;

/// <summary>Saves the chains of the contract for a machine that cannot make keys.</summary>
internal sealed class ContractChainsTests
{
    /// <summary>Names the folder to save to; a temporary one without it.</summary>
    private const string Variable = "TRUSTSTORE_SAVE_CONTRACT_CHAINS";

    [Test]
    public void Load_SavedChains_GivesTheSameChains()
    {
        var made = Make();
        var folder = Environment.GetEnvironmentVariable(Variable);
        var temporary = string.IsNullOrEmpty(folder) ? Directory.CreateTempSubdirectory("contract-chains") : null;
        try
        {
            folder = temporary?.FullName ?? folder!;
            made.Save(folder);
            var loaded = ContractChains.Load(folder);

            Assert.That(loaded.Names, Is.EquivalentTo(made.Names));
            foreach (var name in made.Names)
            {
                Assert.That(loaded[name], Is.EqualTo(made[name]), name);
            }
        }
        finally
        {
            temporary?.Delete(recursive: true);
        }
    }

    /// <summary>Makes chains until there is one that Wine 8 can verify: for P-256 it takes r and s of 32 octets only, and one in 128 signatures has a shorter one.</summary>
    private static ContractChains Make()
    {
        for (; ; )
        {
            var chains = ContractChains.Make(new ContractPki());
            if (chains.Names.SelectMany(name => chains[name]).All(HasFullSignature))
            {
                return chains;
            }
        }
    }

    private static bool HasFullSignature(CertificateInfo certificate)
    {
        const int octets = 32;
        var signature = new AsnReader(certificate.Envelope.Signature, AsnEncodingRules.DER).ReadSequence();
        return signature.ReadInteger().GetByteCount(isUnsigned: true) == octets && signature.ReadInteger().GetByteCount(isUnsigned: true) == octets;
    }
}
