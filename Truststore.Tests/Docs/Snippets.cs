using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Truststore.Tests.Docs;

/// <summary>The examples of the documentation: what stands between a pair of markers is one example, word for word. <see cref="SnippetTests"/> runs them.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "HttpClient disposes its handler.")]
internal sealed class Snippets
{
    internal SnippetConsole Console { get; } = new();

    internal static async Task<ChainVerificationResult?> ExampleAsync(string host, int port, string caFile)
    {
        // snippet
        var context = TlsContext.CreateDefault();       // the system's trust anchors
        context.LoadVerifyLocations(caFile: caFile);    // and your own CA

        using var client = new TcpClient();
        await client.ConnectAsync(host, port);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(context.CreateOptions(host));
        // end
        return tls.GetVerification();
    }

    internal async Task HttpClientAsync(TlsContext context, Uri url)
    {
        // snippet
        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = context.CreateOptions() });
        Console.WriteLine(await http.GetStringAsync(url));
        // end
    }

    internal static TlsContext PrivateAuthorityOnly(string caFile)
    {
        // snippet
        var context = TlsContext.CreateDefault(useSystemAnchors: false);
        context.LoadVerifyLocations(caFile: caFile);
        // end
        return context;
    }

    internal static TlsContext OneCertificate(string certificateFile)
    {
        // snippet
        var context = TlsContext.CreateDefault();
        context.LoadVerifyLocations(caFile: certificateFile);    // the server's certificate itself
        // end
        return context;
    }

    internal static TlsContext Revocation(string crlFile)
    {
        // snippet
        var context = TlsContext.CreateDefault();
        context.LoadVerifyLocations(caFile: crlFile);
        context.VerifyFlags |= TlsVerifyFlags.CrlCheckLeaf;
        // end
        return context;
    }

    internal async Task SslStreamErrorAsync(TlsContext context, SslStream tls, string host)
    {
        // snippet
        try
        {
            await tls.AuthenticateAsClientAsync(context.CreateOptions(host));
        }
        catch (CertificateVerificationException rejected)
        {
            Console.WriteLine(rejected.Message);
            foreach (var failure in rejected.Result.Failures)
            {
                Console.WriteLine($"{failure.Reason}, certificate {failure.CertificateIndex}: {failure.Message}");
            }
        }
        // end
    }

    internal async Task HttpErrorAsync(HttpClient http, Uri url)
    {
        // snippet
        try
        {
            Console.WriteLine(await http.GetStringAsync(url));
        }
        catch (HttpRequestException error) when (error.InnerException is CertificateVerificationException rejected)
        {
            Console.WriteLine($"{rejected.Reason}: {rejected.Message}");
        }
        // end
    }

    internal void Verification(SslStream tls)
    {
        // snippet
        var verification = tls.GetVerification()!;
        foreach (var certificate in verification.VerifiedPath)
        {
            Console.WriteLine($"{certificate.Subject}, until {certificate.NotAfter:yyyy-MM-dd}");
        }

        Console.WriteLine($"The server sent {verification.PeerChain.Count} certificates.");
        // end
    }

    internal void VerifyChain(TlsContext context, string pemFile, string host)
    {
        // snippet
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(pemFile);
        var result = context.VerifyChain([.. chain.Select(certificate => certificate.RawDataMemory)], host);
        Console.WriteLine(result.IsTrusted ? "trusted" : VerificationExplanation.Write(result));
        // end
    }

    internal void SystemAnchors()
    {
        // snippet
        foreach (var source in SystemTrust.Anchors.Describe().Sources)
        {
            Console.WriteLine($"{source.Location}: {source.Count} anchors ({source.Remark})");
        }
        // end
    }

    internal static async Task<ChainVerificationResult?> StartTlsAsync(TlsContext context, string host, int port)
    {
        // snippet
        using var client = new TcpClient();
        await client.ConnectAsync(host, port);
        await using var tls = await StartTls.UpgradeAsync(client.GetStream(), StartTlsProtocol.Smtp, context, host);
        // end
        return tls.GetVerification();
    }

    internal async Task StartTlsErrorAsync(TlsContext context, Stream stream, string host)
    {
        // snippet
        try
        {
            await using var tls = await StartTls.UpgradeAsync(stream, StartTlsProtocol.Imap, context, host);
        }
        catch (StartTlsException error)
        {
            Console.WriteLine($"{error.Reason} at {error.Step}: {error.ServerSaid}");
        }
        // end
    }

    internal static async Task<ChainVerificationResult?> WrapStreamAsync(TlsContext context, Stream stream, string host)
    {
        // snippet
        await using var tls = await context.WrapStreamAsync(stream, host);
        // end
        return tls.GetVerification();
    }

    internal async Task WrapBioAsync(TlsContext context, Stream stream, string host)
    {
        // snippet
        using var incoming = new MemoryBio();
        using var outgoing = new MemoryBio();
        using var tls = context.WrapBio(incoming, outgoing, host);
        var buffer = new byte[16 * 1024];

        while (tls.DoHandshake() == TlsStatus.WantRead)
        {
            await SendAsync();
            await ReceiveAsync();
        }

        tls.Write("GET / HTTP/1.0\r\n\r\n"u8);
        await SendAsync();

        int count;
        while (tls.Read(buffer, out count) == TlsStatus.WantRead)
        {
            await ReceiveAsync();
        }

        Console.WriteLine(Encoding.ASCII.GetString(buffer, 0, count));

        async Task SendAsync() => await stream.WriteAsync(outgoing.Read());

        async Task ReceiveAsync()
        {
            var received = await stream.ReadAsync(buffer);
            if (received > 0)
            {
                incoming.Write(buffer.AsSpan(0, received));
            }
            else
            {
                incoming.WriteEof();
            }
        }
        // end
    }
}
