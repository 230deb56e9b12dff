using System.Security.Cryptography;
using System.Text;
using NSubstitute;

namespace Truststore.Tests.Core.Fuzzing;

/// <summary>Whatever a program loads as trust data: all of it, or the one documented exception and none of it.</summary>
internal sealed class TrustDataFuzzTests
{
    private const int Inputs = 35_000;

    private static readonly string[] s_labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CRL", "PKCS7", "EC PRIVATE KEY"];
    private static readonly string[] s_lineEnds = ["\n", "\r\n", "\r", "\n\n", " \n", "\n# text\n"];

    private readonly IChainVerifier _verifier = Substitute.For<IChainVerifier>();

    [Test]
    public async Task LoadVerifyLocations_MutatedData_ThrowsTheDocumentedExceptionOnly([Range(1, 2)] int part)
    {
        var certificates = new Mutator(part, FuzzSeeds.Certificates);
        var lists = new Mutator(part, FuzzSeeds.RevocationLists);

        await FuzzRun.RunAsync(Inputs, () => Next(certificates, lists), Load);
    }

    private static byte[] Next(Mutator certificates, Mutator lists)
    {
        var random = certificates.Random;
        var text = new StringBuilder();
        var isPem = random.Next(8) > 0;
        List<byte> encoded = [];
        for (var blocks = random.Next(1, 4); blocks > 0; blocks--)
        {
            var mutator = random.Next(4) == 0 ? lists : certificates;
            var seed = mutator.Pick();
            var data = random.Next(3) == 0 ? mutator.Mutate(seed) : seed.Data;
            var label = random.Next(8) == 0 ? s_labels[random.Next(s_labels.Length)] : mutator == lists ? "X509 CRL" : "CERTIFICATE";
            text.Append(PemEncoding.WriteString(label, data).ReplaceLineEndings(random.Next(4) == 0 ? s_lineEnds[random.Next(s_lineEnds.Length)] : "\n")).Append('\n');
            encoded.AddRange(data);
        }

        byte[] input = isPem ? Encoding.ASCII.GetBytes(text.ToString()) : [.. encoded];
        return random.Next(2) == 0 ? certificates.ChangeOctets(input) : input;
    }

    private bool Load(byte[] input)
    {
        var context = new TlsContext(_verifier);
        try
        {
            context.LoadVerifyLocations(input);
        }
        catch (TrustDataException error)
        {
            return context.CertificateStoreStatistics == default && error.Message.EndsWith('.') ? false : throw new InvalidOperationException("The context has changed, or the message is no sentence.", error);
        }

        return context.AddedAnchors.Count + context.CertificateStoreStatistics.Crl > 0 ? true : throw new InvalidOperationException("Nothing was loaded.");
    }
}
