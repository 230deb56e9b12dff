namespace Truststore.Tests.Handshakes;

/// <summary>Contexts as programs make them, but for the clock.</summary>
internal static class TestContexts
{
    internal static FixedTimeProvider Clock { get; } = new(HandshakePki.Now);

    /// <summary>The system's anchors and the throw-away ones.</summary>
    internal static TlsContext Create()
    {
        var context = CreateForSystem();
        context.LoadVerifyLocations(caData: HandshakePki.Instance.Ca.RootPem + HandshakePki.Instance.WeakRoot.ExportPem());
        return context;
    }

    /// <summary>The system's anchors only.</summary>
    internal static TlsContext CreateForSystem()
    {
        var context = TlsContext.CreateDefault();
        context.TimeProvider = Clock;
        return context;
    }

    /// <summary>A context that accepts anyone.</summary>
    internal static TlsContext CreateForAnyone()
    {
        var context = CreateForSystem();
        context.CheckHostname = false;
        context.VerifyMode = TlsVerifyMode.None;
        return context;
    }

    /// <summary>Limits a context to one version.</summary>
    internal static TlsContext Only(this TlsContext context, TlsProtocolVersion version)
    {
        context.MinimumVersion = version;
        context.MaximumVersion = version;
        return context;
    }
}
