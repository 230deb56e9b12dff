namespace Truststore.Extensions.Http;

/// <summary>The handlers of a client, the last of which verifies by a context; each request finds out whether it still does.</summary>
internal sealed class VerifiedPipeline : DelegatingHandler
{
    private readonly string? _client;
    private readonly SocketsHttpHandler _primary;
    private readonly HandlerVerification _verification;

    private VerifiedPipeline(HttpMessageHandler pipeline, string? client, SocketsHttpHandler primary, HandlerVerification verification)
        : base(pipeline)
    {
        _client = client;
        _primary = primary;
        _verification = verification;
    }

    /// <summary>Puts a context into the last handler.</summary>
    /// <exception cref="InvalidOperationException">The last handler is no SocketsHttpHandler, or verifies in another way.</exception>
    internal static VerifiedPipeline Create(HttpMessageHandler pipeline, TlsContext context, string? client)
    {
        var last = LastOf(pipeline);
        var primary = last as SocketsHttpHandler ?? throw Refuse(client, last);
        try
        {
            return new VerifiedPipeline(pipeline, client, primary, HandlerVerification.Install(primary, context));
        }
        catch (InvalidOperationException error)
        {
            throw ClientRefusal.Create(client, error.Message.TrimEnd('.'), error);
        }
    }

    /// <summary>The error for a handler that is not a <see cref="SocketsHttpHandler"/>.</summary>
    internal static InvalidOperationException Refuse(string? client, HttpMessageHandler? primary)
    {
        var found = primary switch
        {
            null => "null",
            DelegatingHandler => $"a {primary.GetType()} without an inner handler",
            _ => $"a {primary.GetType()}",
        };
        return ClientRefusal.Create(
            client,
            $"its primary handler is {found}, and only a SocketsHttpHandler tells for each connection which host it leads to. "
            + "Use ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { ... }) on the client's builder");
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        RequireVerification();
        return base.Send(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        RequireVerification();
        return base.SendAsync(request, cancellationToken);
    }

    private static HttpMessageHandler LastOf(HttpMessageHandler handler)
    {
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        return handler;
    }

    /// <summary>Handlers are shared, and can be changed up to their first request.</summary>
    private void RequireVerification()
    {
        if (!ReferenceEquals(LastOf(InnerHandler!), _primary) || !_verification.IsIn(_primary))
        {
            throw ClientRefusal.Create(
                _client,
                "its primary handler, or SslOptions or PlaintextStreamFilter of it, was changed after the client was built. "
                + "Configure the handler in ConfigurePrimaryHttpMessageHandler");
        }
    }
}
