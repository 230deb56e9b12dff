using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;

namespace Truststore.Tests.Docs;

/// <summary>The examples of docs/recipes.md; the tests of the folder Recipes run them.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "Clients dispose their handlers.")]
internal static class RecipeSnippets
{
    internal static SocketsHttpHandler Handler(TlsContext context)
    {
        // snippet
        var handler = new SocketsHttpHandler().UseTruststore(context);
        // end
        return handler;
    }

    internal static void Factory(IServiceCollection services, string caFile)
    {
        // snippet
        services.AddTruststore(context => context.LoadVerifyLocations(caFile: caFile));
        services.AddHttpClient("by .NET's own verification").RemoveTruststore();
        // end
    }

    internal static async Task<ClientWebSocket> WebSocketAsync(TlsContext context, Uri url)
    {
        // snippet
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler().UseTruststore(context));
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(url, invoker, CancellationToken.None);
        // end
        return socket;
    }

    internal static NpgsqlDataSource PostgreSql(TlsContext context, string host, int port)
    {
        // snippet
        var builder = new NpgsqlDataSourceBuilder($"Host={host};Port={port};Username=postgres;SSL Mode=Require");
        builder.UseSslClientAuthenticationOptionsCallback(context.ApplyTo);
        var source = builder.Build();
        // end
        return source;
    }

    internal static async Task<IConnection> RabbitMqAsync(TlsContext context, string host, int port)
    {
        // snippet
        var factory = new ConnectionFactory
        {
            HostName = host,
            Port = port,
            Ssl = new SslOption { Enabled = true, ServerName = host, CertificateValidationCallback = context.CreateValidationCallback() },
        };
        var connection = await factory.CreateConnectionAsync();
        // end
        return connection;
    }

    internal static async Task<Stream> AnyProtocolAsync(TlsContext context, Stream stream, string host)
    {
        // snippet
        var tls = await context.WrapStreamAsync(stream, host);
        // end
        return tls;
    }

    internal static void Kestrel(WebApplicationBuilder builder, TlsContext context, int port)
    {
        // snippet
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port, listen => listen.UseHttps(context)));
        // end
    }

    internal static TlsContext Server(string certificateFile, string keyFile, string clientCaFile)
    {
        // snippet
        var context = TlsContext.CreateDefaultServer();
        context.LoadCertificateChain(certificateFile, keyFile);
        context.LoadVerifyLocations(caFile: clientCaFile);
        context.VerifyMode = TlsVerifyMode.Required;
        // end
        return context;
    }

    internal static TlsContext Client(string caFile, string certificateFile, string keyFile)
    {
        // snippet
        var context = TlsContext.CreateDefault();
        context.LoadVerifyLocations(caFile: caFile);
        context.LoadCertificateChain(certificateFile, keyFile);
        // end
        return context;
    }
}
