using Truststore.Cli.Demo;
using Truststore.Tests.Handshakes;

namespace Truststore.Tests.Recipes;

/// <summary>Certificates that are valid by the machine's clock, because the servers that judge clients by them go by no other.</summary>
internal sealed class RecipePki
{
    internal const string Host = "127.0.0.1";

    internal static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly Lazy<RecipePki> s_instance = new(() => new RecipePki());

    private RecipePki()
    {
        Ca = new ThrowAwayCa(Now, "Recipes");
        StrangerCa = new ThrowAwayCa(Now, "Recipes' stranger");
        Server = Ca.Issue(Ca.ServerSpec("localhost") with { IPAddresses = [Host] });
        OtherServer = Ca.IssueServer("other.example.com");
        Client = IssueClient(Ca);
        RevokedClient = IssueClient(Ca);
        WrongPurposeClient = Ca.Issue(Ca.ServerSpec() with { CommonName = "A server" });
        StrangerClient = IssueClient(StrangerCa);
    }

    internal static RecipePki Instance => s_instance.Value;

    internal ThrowAwayCa Ca { get; }

    internal ThrowAwayCa StrangerCa { get; }

    /// <summary>A server's certificate for <see cref="Host"/>.</summary>
    internal IssuedCertificate Server { get; }

    /// <summary>A server's certificate for another host.</summary>
    internal IssuedCertificate OtherServer { get; }

    internal IssuedCertificate Client { get; }

    internal IssuedCertificate RevokedClient { get; }

    /// <summary>A certificate for servers only.</summary>
    internal IssuedCertificate WrongPurposeClient { get; }

    /// <summary>A client's certificate of a CA that nobody trusts.</summary>
    internal IssuedCertificate StrangerClient { get; }

    /// <summary>A context that trusts the system's anchors and the CA, and shows a certificate if it is given one.</summary>
    internal static TlsContext CreateContext(IssuedCertificate? client = null)
    {
        var context = TlsContext.CreateDefault();
        context.LoadVerifyLocations(caData: Instance.Ca.RootPem);
        return context.Show(client);
    }

    /// <summary>A context for servers that trusts the CA's clients, the revoked one excepted.</summary>
    internal static TlsContext CreateServerContext(TlsVerifyMode mode)
    {
        var context = TlsContext.CreateDefaultServer();
        context.LoadVerifyLocations(caData: Instance.Ca.RootPem);
        context.LoadVerifyLocations(Instance.Ca.Intermediate.CreateRevocationList(Now.AddDays(-1), Now.AddDays(1), Instance.RevokedClient));
        context.VerifyMode = mode;
        return context.Show(Instance.Server);
    }

    private static IssuedCertificate IssueClient(ThrowAwayCa ca) => ca.Issue(ca.ServerSpec() with { CommonName = "A client", ExtendedKeyUsages = [ClientAuthentication] });
}
