using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Truststore.Tests.Docs;
using Truststore.Tests.Servers;

namespace Truststore.Tests.Recipes;

/// <summary>Kestrel by the recipe: answers with the client's name, and echoes what comes by a web socket.</summary>
internal sealed class RecipeKestrel : IAsyncDisposable
{
    private const int Attempts = 3;

    private readonly WebApplication _application;

    private RecipeKestrel(WebApplication application) => _application = application;

    internal Uri Url => new UriBuilder(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) { Host = RecipePki.Host }.Uri;

    internal static async Task<RecipeKestrel> StartAsync(TlsContext context)
    {
        for (var attempt = 1; ; attempt++)
        {
            var application = Build(context, FreePort.Find(1)[0]);
            try
            {
                await application.StartAsync();
                return new RecipeKestrel(application);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // The port was taken in the meantime.
                await application.DisposeAsync();
            }
        }
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static WebApplication Build(TlsContext context, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        RecipeSnippets.Kestrel(builder, context, port);
        var application = builder.Build();
        application.UseWebSockets();
        application.MapGet("/", (HttpContext http) => http.Connection.ClientCertificate?.GetNameInfo(X509NameType.SimpleName, forIssuer: false) ?? "nobody");
        application.Map("/socket", EchoAsync);
        return application;
    }

    private static async Task EchoAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, http.RequestAborted);
        await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, http.RequestAborted);
    }
}
