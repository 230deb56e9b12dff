namespace Truststore.Tests.Core.Fuzzing;

/// <summary>Whatever the octets: a revocation list all of whose properties can be read, or the one documented exception.</summary>
internal sealed class RevocationListFuzzTests
{
    private const int Inputs = 35_000;

    [Test]
    public async Task Parse_MutatedList_ThrowsTheDocumentedExceptionOnly([Range(1, 2)] int part)
    {
        var mutator = new Mutator(part, FuzzSeeds.RevocationLists);

        await FuzzRun.RunAsync(Inputs, () => mutator.Mutate(mutator.Pick()), Parse);
    }

    [Test]
    public void Parse_EverySeed_IsSound() => Assert.That(FuzzSeeds.RevocationLists.Select(seed => Parse(seed.Data)), Has.All.True);

    private static bool Parse(byte[] input)
    {
        CertificateRevocationList list;
        try
        {
            list = CertificateRevocationList.Parse(input);
        }
        catch (CertificateFormatException)
        {
            return false;
        }

        return EveryProperty.Read(list) > 1 && list.RawData.Span.SequenceEqual(input) ? true : throw new InvalidOperationException("The list is not what was given.");
    }
}
