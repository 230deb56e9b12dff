using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Http;

namespace Truststore.Extensions.Http;

/// <summary>
/// Builds the handlers of a client as another builder does, and then looks at what was built: whatever actions and filters
/// do, and in whatever order, they have done by then.
/// </summary>
internal sealed class VerifyingHandlerBuilder(HttpMessageHandlerBuilder inner, ClientContexts contexts) : HttpMessageHandlerBuilder
{
    private string? _client;

    /// <inheritdoc/>
    [DisallowNull]
    public override string? Name
    {
        get => inner.Name;
        set
        {
            _client ??= value; // The factory sets it first, and knows which client it builds.
            inner.Name = value;
        }
    }

    /// <inheritdoc/>
    public override HttpMessageHandler PrimaryHandler
    {
        get => inner.PrimaryHandler;
        set => inner.PrimaryHandler = value;
    }

    /// <inheritdoc/>
    public override IList<DelegatingHandler> AdditionalHandlers => inner.AdditionalHandlers;

    /// <inheritdoc/>
    public override IServiceProvider Services => inner.Services;

    /// <inheritdoc/>
    public override HttpMessageHandler Build()
    {
        if (contexts.Of(_client) is not { } context)
        {
            return inner.Build();
        }

        return inner.PrimaryHandler is null
            ? throw VerifiedPipeline.Refuse(_client, primary: null)
            : VerifiedPipeline.Create(inner.Build(), context, _client);
    }
}
