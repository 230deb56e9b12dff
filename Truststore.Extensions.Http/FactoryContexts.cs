using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Truststore.Extensions.Http;

/// <summary>Which client of a factory has which context; puts them into the handlers once everything else has configured them.</summary>
internal sealed class FactoryContexts : IPostConfigureOptions<HttpClientFactoryOptions>
{
    private readonly Dictionary<string, TlsContext?> _byName = new(StringComparer.Ordinal);

    /// <summary>The context of clients that have none of their own.</summary>
    internal TlsContext? Default { get; set; }

    /// <summary>The contexts of a service collection; registered once.</summary>
    internal static FactoryContexts Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(s => s.ImplementationInstance is FactoryContexts)?.ImplementationInstance is FactoryContexts contexts)
        {
            return contexts;
        }

        contexts = new FactoryContexts();
        services.AddHttpClient();
        services.AddSingleton<IPostConfigureOptions<HttpClientFactoryOptions>>(contexts);
        return contexts;
    }

    /// <exception cref="InvalidOperationException">The context cannot make options for clients, or does not verify.</exception>
    internal static TlsContext RequireVerifying(TlsContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Role == TlsRole.Client && context.VerifyMode == TlsVerifyMode.None)
        {
            throw new InvalidOperationException("The context has TlsVerifyMode.None, which accepts everyone; AddTruststore is for clients that verify. To trust a certificate that no CA issued, load it by TlsContext.LoadVerifyLocations.");
        }

        _ = context.CreateOptions(); // Fails now what would fail each handshake.
        return context;
    }

    /// <summary>Gives a client a context, or takes the default one from it.</summary>
    internal void Set(string name, TlsContext? context) => _byName[name] = context;

    /// <inheritdoc/>
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        var context = _byName.TryGetValue(name ?? Options.DefaultName, out var own) ? own : Default;
        if (context is not null)
        {
            options.HttpMessageHandlerBuilderActions.Add(builder => HandlerContext.Apply(builder.PrimaryHandler, context, builder.Name));
        }
    }
}
