using Truststore.Cli.Demo;

namespace Truststore.Tests.Handshakes;

/// <summary>The certificates of the servers, made once. Everything is valid around <see cref="Now"/>, whatever the machine's clock says.</summary>
internal sealed class HandshakePki
{
    internal const string Trusted = "trusted.example.com";
    internal const string ManyNames = "names.example.com";
    internal const string Resumption = "*.resumption.example.com";
    internal const string WrongHost = "wrong-host.example.com";
    internal const string Expired = "expired.example.com";
    internal const string NotYetValid = "not-yet-valid.example.com";
    internal const string UnknownCa = "unknown-ca.example.com";
    internal const string UntrustedRoot = "untrusted-root.example.com";
    internal const string MissingIntermediate = "missing-intermediate.example.com";
    internal const string SelfSigned = "self-signed.example.com";
    internal const string WeakKey = "weak-key.example.com";
    internal const string WeakAnchor = "weak-anchor.example.com";
    internal const string WrongUsage = "wrong-usage.example.com";

    internal static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int WeakKeySize = 1024;

    private static readonly Lazy<HandshakePki> s_instance = new(() => new HandshakePki());

    private readonly Dictionary<string, ServerScenario> _scenarios = new(StringComparer.Ordinal);

    private HandshakePki()
    {
        Ca = new ThrowAwayCa(Now, "Handshake");
        StrangerCa = new ThrowAwayCa(Now, "Stranger");
        WeakRoot = Ca.Keep(IssuedCertificate.SelfSigned(CertificateSpec.Authority("Weak Root CA", Now.AddYears(-1), Now.AddYears(1)) with { Key = KeySpec.Rsa(WeakKeySize) }));

        Client = IssueClient();
        var names = Ca.ServerSpec(ManyNames, "*.wild.example.com", "xn--bcher-kva.example.com") with { IPAddresses = ["127.0.0.1", "192.0.2.1", "::1", "2001:db8::1"] };
        Add(ManyNames, Ca.Issue(names).ServerChain, null);
        Add(Trusted, Issue(Trusted).ServerChain, null);
        Add(Resumption, Issue(Resumption).ServerChain, null);
        Add(WrongHost, Issue("other.example.com", "*.other.example.com").ServerChain, FailureReason.HostnameMismatch);
        Add(Expired, Issue(Expired, s => s with { NotAfter = Now.AddDays(-1) }), FailureReason.Expired);
        Add(NotYetValid, Issue(NotYetValid, s => s with { NotBefore = Now.AddDays(1) }), FailureReason.NotYetValid);
        Add(UnknownCa, StrangerCa.IssueServer(UnknownCa).ServerChain, FailureReason.IssuerNotFound);
        Add(UntrustedRoot, StrangerCa.IssueServer(UntrustedRoot).Path, FailureReason.UntrustedRoot);
        Add(MissingIntermediate, [Issue(MissingIntermediate)], FailureReason.IssuerNotFound);
        Add(SelfSigned, [Ca.Keep(IssuedCertificate.SelfSigned(Ca.ServerSpec(SelfSigned)))], FailureReason.SelfSigned);
        Add(WeakKey, Issue(WeakKey, s => s with { Key = KeySpec.Rsa(WeakKeySize) }), FailureReason.WeakKey);
        Add(WeakAnchor, Ca.Keep(WeakRoot.Issue(Ca.ServerSpec(WeakAnchor))).ServerChain, FailureReason.WeakKey);
        Add(WrongUsage, Issue(WrongUsage, s => s with { ExtendedKeyUsages = [ClientAuthentication] }), FailureReason.InvalidExtendedKeyUsage);
    }

    internal static HandshakePki Instance => s_instance.Value;

    /// <summary>The names of the scenarios that must be rejected.</summary>
    internal static IReadOnlyList<string> RejectedHosts { get; } =
        [WrongHost, Expired, NotYetValid, UnknownCa, UntrustedRoot, MissingIntermediate, SelfSigned, WeakKey, WeakAnchor, WrongUsage];

    /// <summary>Those of them that .NET's own servers can present: they refuse keys that are too short, and never send a root.</summary>
    internal static IEnumerable<string> HostsRejectedOfKestrel => RejectedHosts.Where(h => h is not (WeakKey or UntrustedRoot));

    /// <summary>The CA that the contexts of <see cref="TestContexts"/> trust.</summary>
    internal ThrowAwayCa Ca { get; }

    /// <summary>A CA that nobody trusts.</summary>
    internal ThrowAwayCa StrangerCa { get; }

    /// <summary>A root that the contexts trust, with a key that is too short.</summary>
    internal IssuedCertificate WeakRoot { get; }

    /// <summary>A good client certificate.</summary>
    internal IssuedCertificate Client { get; }

    internal IReadOnlyCollection<ServerScenario> Scenarios => _scenarios.Values;

    internal ServerScenario this[string host] => _scenarios[host];

    /// <summary>Issues a good certificate for names.</summary>
    internal IssuedCertificate Issue(params IReadOnlyList<string> names) => Ca.IssueServer(names);

    /// <summary>Issues a client certificate with something changed.</summary>
    internal IssuedCertificate IssueClient(Func<CertificateSpec, CertificateSpec>? change = null) => Ca.Issue((change ?? (s => s))(ClientSpec(Ca)));

    /// <summary>What a good client certificate of a CA says.</summary>
    internal static CertificateSpec ClientSpec(ThrowAwayCa ca) => ca.ServerSpec() with { CommonName = "A client", ExtendedKeyUsages = [ClientAuthentication] };

    private IEnumerable<IssuedCertificate> Issue(string host, Func<CertificateSpec, CertificateSpec> change) => Ca.Issue(change(Ca.ServerSpec(host))).ServerChain;

    private void Add(string host, IEnumerable<IssuedCertificate> sentChain, FailureReason? expected) =>
        _scenarios.Add(host, new ServerScenario(host, [.. sentChain], expected));
}
