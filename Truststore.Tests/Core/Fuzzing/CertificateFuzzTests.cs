namespace Truststore.Tests.Core.Fuzzing;

/// <summary>Whatever the octets: a certificate all of whose properties can be read, or the one documented exception.</summary>
internal sealed class CertificateFuzzTests
{
    private const int Inputs = 50_000;

    [Test]
    public async Task Parse_MutatedCertificate_ThrowsTheDocumentedExceptionOnly([Range(1, 6)] int part)
    {
        var mutator = new Mutator(part, FuzzSeeds.Certificates);

        await FuzzRun.RunAsync(Inputs, () => mutator.Mutate(mutator.Pick()), Parse);
    }

    [Test]
    public void Parse_EverySeed_IsSound() => Assert.That(FuzzSeeds.Certificates.Count(seed => Parse(seed.Data)), Is.GreaterThan(FuzzSeeds.Certificates.Count * 9 / 10));

    private static bool Parse(byte[] input)
    {
        CertificateInfo certificate;
        try
        {
            certificate = CertificateInfo.Parse(input);
        }
        catch (CertificateFormatException)
        {
            return false;
        }

        // What is read is as long as what was given: nothing in front, nothing behind.
        var same = certificate.RawData.Span.SequenceEqual(input) && certificate.Equals(CertificateInfo.Parse(input)) && certificate.GetHashCode() != 0;
        return EveryProperty.Read(certificate) > 1 && same && certificate.ExportPem().Length > input.Length ? true : throw new InvalidOperationException("The certificate is not what was given.");
    }
}
