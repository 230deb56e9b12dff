using System.Text;
using static Truststore.Tests.Core.Trust.TrustSamples;

namespace Truststore.Tests.Core.Trust;

/// <summary>Whatever the bytes, loading them succeeds or throws the one documented exception.</summary>
internal sealed class TrustDataMutationTests
{
    private const int Rounds = 1500;

    private static IEnumerable<TrustCase> Seeds()
    {
        yield return new("PEM", RootPem + RevocationListPem + OtherRootPem);
        yield return new("DER", [.. Root, .. RevocationList, .. Version1Root]);
        yield return new("TRUSTED CERTIFICATE", [.. Encoding.ASCII.GetBytes(Pem("TRUSTED CERTIFICATE", [.. Root, 0x30, 0x0C, 0x30, 0x0A, 0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01]))]);
        yield return new("CRL", RevocationList);
        yield return new("PKCS#12", Pkcs12);
    }

    [TestCaseSource(nameof(Seeds))]
    public void LoadVerifyLocations_MutatedBytes_ThrowNothingElse(TrustCase seed)
    {
        var random = new Random(20260615);
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var data = Mutate(seed.Data, random);
            var context = TrustAssert.NewContext();
            try
            {
                context.LoadVerifyLocations(data);
            }
            catch (TrustDataException)
            {
                refused++;
                Assert.That(context.CertificateStoreStatistics, Is.EqualTo(default(CertificateStoreStatistics)));
            }
        }

        Assert.That(refused, Is.GreaterThan(Rounds / 10));
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        List<byte> data = [.. seed];
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var position = random.Next(data.Count);
            switch (random.Next(4))
            {
                case 0:
                    data[position] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    data[position] = (byte)random.Next(256);
                    break;
                case 2:
                    data.RemoveRange(position, Math.Min(random.Next(1, 40), data.Count - position - 1));
                    break;
                default:
                    data.InsertRange(position, [.. data.Skip(random.Next(data.Count)).Take(random.Next(1, 40))]);
                    break;
            }
        }

        return [.. data];
    }
}
