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
        var made = ContractChains.Make();
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
}
