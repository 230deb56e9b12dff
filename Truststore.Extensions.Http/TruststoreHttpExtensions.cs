using Truststore;
using Truststore.Extensions.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives the clients of IHttpClientFactory a context; Python: truststore's <c>inject_into_ssl()</c>, for who asks.</summary>
public static class TruststoreHttpExtensions
{
    /// <summary>Lets every client of the factory judge servers by the operating system's trust store, and by what is added.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Adds to the context, for example by <see cref="TlsContext.LoadVerifyLocations(string?, string?, string?)"/>; called here and now.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">The context does not verify, or no TLS version is left.</exception>
    /// <exception cref="TrustDataException">What is added cannot be loaded.</exception>
    /// <exception cref="SystemAnchorsNotFoundException">There are no system anchors.</exception>
    /// <remarks>
    /// <para>Files are read and settings checked here, and never in a handshake. The context is frozen when this returns.</para>
    /// <para>A client whose handler has a verification of its own keeps it. A handler that accepts everyone (<see cref="HttpClientHandler.DangerousAcceptAnyServerCertificateValidator"/>) is an error when the client is made.</para>
    /// </remarks>
    public static IServiceCollection AddTruststore(this IServiceCollection services, Action<TlsContext>? configure = null)
    {
        var context = TlsContext.CreateDefault();
        configure?.Invoke(context);
        return services.AddTruststore(context);
    }

    /// <summary>Lets every client of the factory judge servers by a context.</summary>
    /// <param name="services">The services.</param>
    /// <param name="context">The context, for clients. It is frozen.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">The context is a server's or does not verify, or no TLS version is left.</exception>
    public static IServiceCollection AddTruststore(this IServiceCollection services, TlsContext context)
    {
        ArgumentNullException.ThrowIfNull(services);
        FactoryContexts.Of(services).Default = FactoryContexts.RequireVerifying(context);
        return services;
    }

    /// <summary>Lets one client judge servers by a context, whatever the others do.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="context">The context, for clients. It is frozen.</param>
    /// <returns>The client.</returns>
    /// <exception cref="InvalidOperationException">The context is a server's or does not verify, or no TLS version is left.</exception>
    public static IHttpClientBuilder AddTruststore(this IHttpClientBuilder builder, TlsContext context)
    {
        ArgumentNullException.ThrowIfNull(builder);
        FactoryContexts.Of(builder.Services).Set(builder.Name, FactoryContexts.RequireVerifying(context));
        return builder;
    }

    /// <summary>Leaves all clients as they were before <see cref="AddTruststore(IServiceCollection, TlsContext)"/>; those with a context of their own keep it.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection RemoveTruststore(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        FactoryContexts.Of(services).Default = null;
        return services;
    }

    /// <summary>Leaves one client as it was.</summary>
    /// <param name="builder">The client.</param>
    /// <returns>The client.</returns>
    public static IHttpClientBuilder RemoveTruststore(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        FactoryContexts.Of(builder.Services).Set(builder.Name, context: null);
        return builder;
    }
}
