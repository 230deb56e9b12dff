using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Truststore.Extensions.Http;

/// <summary>Notices a builder that was registered after AddTruststore in the place of <see cref="VerifyingHandlerBuilder"/>.</summary>
[SuppressMessage("Performance", "CA1812:Avoid uninstantiated internal classes", Justification = "The service provider makes it.")]
internal sealed class BuilderCheck(ClientContexts contexts) : IPostConfigureOptions<HttpClientFactoryOptions>
{
    /// <inheritdoc/>
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        if (contexts.Of(name) is not null)
        {
            options.HttpMessageHandlerBuilderActions.Add(builder => Require(builder, name));
        }
    }

    private static void Require(HttpMessageHandlerBuilder builder, string? client)
    {
        if (builder is not VerifyingHandlerBuilder)
        {
            throw ClientRefusal.Create(
                client,
                $"the service HttpMessageHandlerBuilder is a {builder.GetType()}, registered after AddTruststore. Register it before");
        }
    }
}
