using Truststore;
using Truststore.Extensions.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Gives the clients of IHttpClientFactory a context. Python: truststore's <c>inject_into_ssl()</c>.</summary>
/// <remarks>
/// <para>
/// A client that has a context verifies every server by it, or is not built. <see cref="IHttpClientFactory.CreateClient"/>
/// throws <see cref="InvalidOperationException"/> where the primary handler, after all that configures or replaces it, is
/// not a <see cref="SocketsHttpHandler"/>, has a verification of its own or another context, or has sent a request. A
/// handler that is changed later fails its requests. <see cref="RemoveTruststore(IHttpClientBuilder)"/> lets a client
/// keep its own verification.
/// </para>
/// <para>
/// <see cref="HttpClientHandler"/> is refused because it does not tell for a connection which host it leads to: its
/// callback has the request, which a redirect changes while the handshake goes on, and for a proxy names the target.
/// </para>
/// <para>
/// The factory's own primary handler is a <see cref="SocketsHttpHandler"/>. What stays of a handler's configuration is
/// said at <see cref="SocketsHttpHandlerExtensions.UseTruststore"/>.
/// </para>
/// </remarks>
public static class TruststoreHttpExtensions
{
    /// <summary>Lets every client of the factory verify servers by the operating system's trust store, and by what is added.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Adds to the context, for example by <see cref="TlsContext.LoadVerifyLocations(string?, string?, string?)"/>; called here and now.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">The context does not verify, or no TLS version is left.</exception>
    /// <exception cref="TrustDataException">What is added cannot be loaded.</exception>
    /// <exception cref="SystemAnchorsNotFoundException">There are no system anchors.</exception>
    /// <remarks>Files are read and settings checked here, and never in a handshake. The context is frozen when this returns.</remarks>
    public static IServiceCollection AddTruststore(this IServiceCollection services, Action<TlsContext>? configure = null)
    {
        var context = TlsContext.CreateDefault();
        configure?.Invoke(context);
        return services.AddTruststore(context);
    }

    /// <summary>Lets every client of the factory verify servers by a context.</summary>
    /// <param name="services">The services.</param>
    /// <param name="context">The context, for clients. It is frozen.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">The context is a server's or does not verify, or no TLS version is left.</exception>
    public static IServiceCollection AddTruststore(this IServiceCollection services, TlsContext context)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(context);
        ClientRegistration.Add(services, client: null, context);
        return services;
    }

    /// <summary>Lets one client verify servers by a context, whatever the others do.</summary>
    /// <param name="builder">The client; the builder of <c>ConfigureHttpClientDefaults</c> stands for all.</param>
    /// <param name="context">The context, for clients. It is frozen.</param>
    /// <returns>The client.</returns>
    /// <exception cref="InvalidOperationException">The context is a server's or does not verify, or no TLS version is left.</exception>
    public static IHttpClientBuilder AddTruststore(this IHttpClientBuilder builder, TlsContext context)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(context);
        ClientRegistration.Add(builder.Services, builder.Name, context);
        return builder;
    }

    /// <summary>
    /// Lets all clients keep their own verification, except those with a context of their own: undoes
    /// <see cref="AddTruststore(IServiceCollection, TlsContext)"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection RemoveTruststore(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        ClientRegistration.Remove(services, client: null);
        return services;
    }

    /// <summary>Lets one client keep its own verification, whatever the others do.</summary>
    /// <param name="builder">The client; the builder of <c>ConfigureHttpClientDefaults</c> stands for all.</param>
    /// <returns>The client.</returns>
    public static IHttpClientBuilder RemoveTruststore(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ClientRegistration.Remove(builder.Services, builder.Name);
        return builder;
    }
}
