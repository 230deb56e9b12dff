using Truststore.Platform.Windows.Trust;
using Truststore.Tests.Contract;

namespace Truststore.Tests.Windows.Seam;

/// <summary>Revocation lists that the program loads count without a flag; all they can do is reject.</summary>
internal sealed class AddedRevocationListsTests
{
    private static readonly ContractPki s_pki = ContractPki.Instance;
    private static readonly List<CertificateInfo> s_path = [.. s_pki.Server.Path.Select(c => c.Info)];

    [TestCase(0, FailureReason.Revoked)]
    [TestCase(1, FailureReason.Revoked)]
    [TestCase(-1, null)]
    public void FindFailure_ListOfTheIssuer_RejectsWhomItNames(int revoked, FailureReason? expected)
    {
        var server = s_pki.Server.Path.ToList();
        var failure = AddedRevocationLists.FindFailure(
            Request(server[1].CreateRevocationList(From, To, revoked == 0 ? [server[0]] : []), server[2].CreateRevocationList(From, To, revoked == 1 ? [server[1]] : [])), s_path);

        Assert.That((failure?.Reason, failure?.CertificateIndex ?? -1), Is.EqualTo((expected, revoked)));
    }

    [Test]
    public void FindFailure_ListOfAnotherIssuer_SaysNothing() =>
        Assert.That(AddedRevocationLists.FindFailure(Request(s_pki.OtherCa.Intermediate.CreateRevocationList(From, To, s_pki.Server)), s_path), Is.Null);

    private static DateTimeOffset From => ContractPki.Now.AddDays(-1);

    private static DateTimeOffset To => ContractPki.Now.AddDays(1);

    private static ChainVerificationRequest Request(params byte[][] lists) =>
        ContractPki.Request(s_pki.Server.ServerChain) with { RevocationLists = [.. lists.Select(list => CertificateRevocationList.Parse(list))] };
}
