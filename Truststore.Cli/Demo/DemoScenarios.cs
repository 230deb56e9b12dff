namespace Truststore.Cli.Demo;

/// <summary>The servers of the demo, with certificates made for one run.</summary>
internal sealed class DemoScenarios : IDisposable
{
    private const int WeakKeySize = 1024;
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly ThrowAwayCa _ca;
    private readonly ThrowAwayCa _unknownCa;

    /// <param name="now">The time at which the servers will be judged.</param>
    internal DemoScenarios(DateTimeOffset now)
    {
        _ca = new ThrowAwayCa(now, "Demo");
        _unknownCa = new ThrowAwayCa(now, "Unknown");
        var good = _ca.ServerSpec(DemoScenario.Host);
        All =
        [
            Served("trusted", _ca.Issue(good), null),
            Served("wrong host", _ca.IssueServer("other.example.test", "*.other.example.test"), FailureReason.HostnameMismatch),
            Served("expired", _ca.Issue(good with { NotBefore = now.AddDays(-91), NotAfter = now.AddDays(-1) }), FailureReason.Expired),
            Served("not yet valid", _ca.Issue(good with { NotBefore = now.AddDays(1), NotAfter = now.AddDays(91) }), FailureReason.NotYetValid),
            Served("unknown CA", _unknownCa.Issue(good), FailureReason.IssuerNotFound),
            new DemoScenario("missing intermediate", _ca.Issue(good), [], FailureReason.IssuerNotFound),
            Served("self-signed", _ca.Keep(IssuedCertificate.SelfSigned(good)), FailureReason.SelfSigned),
            Served($"weak key (RSA-{WeakKeySize})", _ca.Issue(good with { Key = KeySpec.Rsa(WeakKeySize) }), FailureReason.WeakKey) with { HasWeakKey = true },
            Served("wrong EKU (client only)", _ca.Issue(good with { ExtendedKeyUsages = [ClientAuthentication] }), FailureReason.InvalidExtendedKeyUsage),
        ];
    }

    internal IReadOnlyList<DemoScenario> All { get; }

    /// <summary>The root of all but the unknown CA, in PEM.</summary>
    internal string RootPem => _ca.RootPem;

    public void Dispose()
    {
        _ca.Dispose();
        _unknownCa.Dispose();
    }

    /// <summary>A server that sends its whole chain.</summary>
    private static DemoScenario Served(string name, IssuedCertificate server, FailureReason? expected) =>
        new(name, server, [.. server.ServerChain.Skip(1)], expected);
}
