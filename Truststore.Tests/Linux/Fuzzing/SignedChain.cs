using System.Text;
using Truststore.Tests.Contract;
using Truststore.Tests.Core.Fuzzing;
using Truststore.Tests.Forging;
using static Truststore.Tests.Forging.ForgedCertificate;

namespace Truststore.Tests.Linux.Fuzzing;

/// <summary>A chain that uses whatever there is and is trusted all the same, in parts that can be changed and signed again.</summary>
internal sealed class SignedChain
{
    private static readonly byte[] s_policy = Der.ObjectIdentifier("1.3.6.1.4.1.55555.1");
    private static readonly byte[] s_mappedPolicy = Der.ObjectIdentifier("1.3.6.1.4.1.55555.2");

    private readonly ForgedCertificate _root = Root("Root");
    private readonly ForgedCertificate _intermediate;

    internal SignedChain()
    {
        _intermediate = _root.Issue(new ForgedSpec
        {
            Subject = Der.CommonName("Intermediate"),
            Extensions =
            [
                Extension("2.5.29.30", isCritical: true, Der.Sequence(Der.Wrapped(0, Names("example.com").Select(name => Der.Sequence(name))), Der.Wrapped(1, Names("example.net").Select(name => Der.Sequence(name))))),
                Extension("2.5.29.32", isCritical: false, Der.Sequence(Der.Sequence(s_policy))),
                Extension("2.5.29.33", isCritical: true, Der.Sequence(Der.Sequence(s_policy, s_mappedPolicy))),
                Extension("2.5.29.36", isCritical: true, Der.Sequence(Der.Tagged(0, [0]))),
                Extension("2.5.29.54", isCritical: true, Der.Integer(2)),
                Extension("2.5.29.37", isCritical: false, Der.Sequence(Der.ObjectIdentifier("1.3.6.1.5.5.7.3.1"))),
            ],
        });
        var server = _intermediate.Issue(ServerSpec() with
        {
            Subject = Der.Name(("2.5.4.6", "XX"), ("2.5.4.10", "example.com"), ("2.5.4.3", ContractPki.Host)),
            AlternativeNames = [Der.Tagged(2, Encoding.ASCII.GetBytes(ContractPki.Host)), .. Names("example.com").Where(name => name[0] != 0x87), Der.Tagged(7, [192, 0, 2, 1])],
            Extensions =
            [
                Extension("2.5.29.32", isCritical: false, Der.Sequence(Der.Sequence(s_mappedPolicy))),
                Extension("2.5.29.37", isCritical: false, Der.Sequence(Der.ObjectIdentifier("1.3.6.1.5.5.7.3.1"))),
                Extension("1.3.6.1.5.5.7.1.1", isCritical: false, Der.Sequence(Der.Sequence(Der.ObjectIdentifier("1.3.6.1.5.5.7.48.2"), Der.Tagged(6, "http://example.com/ca"u8)))),
            ],
        });

        Request = ForgedCertificate.Request([server, _intermediate], _root);
        Server = new FuzzSeed(server.SignedPart);
        Intermediate = new FuzzSeed(_intermediate.SignedPart);
        var date = Der.UtcTime(ContractPki.Now);
        List = new FuzzSeed(Der.Sequence(
            Der.Integer(1),
            Der.Sequence(Der.ObjectIdentifier("1.2.840.10045.4.3.2")),
            Der.CommonName("Intermediate"),
            date,
            Der.UtcTime(ContractPki.Now.AddDays(1)),
            Der.Sequence(Der.Sequence(Der.Integer(5), date, Der.Sequence(Extension("2.5.29.21", isCritical: false, [0x0A, 1, 1])))),
            Der.Wrapped(0, Der.Sequence(Extension("2.5.29.20", isCritical: false, Der.Integer(1)), Extension("2.5.29.28", isCritical: true, Der.Sequence(Der.Tagged(1, [0xFF])))))));
    }

    /// <summary>The whole chain as it is.</summary>
    internal ChainVerificationRequest Request { get; }

    /// <summary>The signed part of the server's certificate.</summary>
    internal FuzzSeed Server { get; }

    /// <summary>The signed part of the intermediate.</summary>
    internal FuzzSeed Intermediate { get; }

    /// <summary>The signed part of a revocation list of the intermediate.</summary>
    internal FuzzSeed List { get; }

    internal byte[] SignServer(byte[] signedPart) => _intermediate.Sign(signedPart);

    internal byte[] SignIntermediate(byte[] signedPart) => _root.Sign(signedPart);

    internal byte[] SignList(byte[] signedPart) => _intermediate.Sign(signedPart);

    /// <summary>A name constraint of each kind that is compared; all but the addresses are names as well.</summary>
    private static IEnumerable<byte[]> Names(string domain)
    {
        var octets = Encoding.ASCII.GetBytes(domain);
        yield return Der.Tagged(2, octets);
        yield return Der.Tagged(1, [.. "x@"u8, .. octets]);
        yield return Der.Tagged(7, [192, 0, (byte)(domain.EndsWith(".com", StringComparison.Ordinal) ? 2 : 3), 0, 255, 255, 255, 0]);
        yield return Der.Wrapped(4, Der.Name(("2.5.4.6", "XX"), ("2.5.4.10", domain)));
    }
}
