using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Truststore.Extensions.Http;

/// <summary>Puts contexts for clients into a service collection, and what applies them.</summary>
internal static class ClientRegistration
{
    /// <summary>Gives a client a context.</summary>
    /// <exception cref="InvalidOperationException">The context cannot make options for clients, or does not verify.</exception>
    internal static void Add(IServiceCollection services, string? client, TlsContext context)
    {
        if (context.Role == TlsRole.Client && context.VerifyMode == TlsVerifyMode.None)
        {
            throw new InvalidOperationException(
                "The context has TlsVerifyMode.None, which accepts everyone; AddTruststore is for clients that verify. "
                + "To trust a certificate that no CA issued, load it by TlsContext.LoadVerifyLocations.");
        }

        _ = context.CreateOptions(); // Fails now what would fail each handshake.
        Add(services, new ClientContext(client, context));
    }

    /// <summary>Lets a client keep its own verification.</summary>
    internal static void Remove(IServiceCollection services, string? client) => Add(services, new ClientContext(client, Context: null));

    private static void Add(IServiceCollection services, ClientContext registration)
    {
        services.AddHttpClient();
        services.AddSingleton(registration);
        services.TryAddSingleton<ClientContexts>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HttpClientFactoryOptions>, BuilderCheck>());
        WrapBuilder(services);
    }

    /// <summary>The factory builds handlers by the last builder that is registered.</summary>
    private static void WrapBuilder(IServiceCollection services)
    {
        var last = services.Last(s => s.ServiceType == typeof(HttpMessageHandlerBuilder) && !s.IsKeyedService);
        if (last.ImplementationFactory?.Target is not BuilderFactory)
        {
            services.Add(ServiceDescriptor.Transient(new BuilderFactory(last).Create));
        }
    }

    /// <summary>Makes builders around those of another registration.</summary>
    private sealed class BuilderFactory(ServiceDescriptor inner)
    {
        internal HttpMessageHandlerBuilder Create(IServiceProvider services) =>
            new VerifyingHandlerBuilder(CreateInner(services), services.GetRequiredService<ClientContexts>());

        private HttpMessageHandlerBuilder CreateInner(IServiceProvider services) => (HttpMessageHandlerBuilder)(
            inner.ImplementationInstance
            ?? inner.ImplementationFactory?.Invoke(services)
            ?? ActivatorUtilities.CreateInstance(services, inner.ImplementationType!));
    }
}
