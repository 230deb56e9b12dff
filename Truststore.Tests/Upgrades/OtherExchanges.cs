using System.Buffers.Binary;
using System.Text;
using Truststore.Tests.Handshakes;
using Truststore.Tests.Servers.Programs;

namespace Truststore.Tests.Upgrades;

/// <summary>What is said behind TLS to show that the protocol goes on: databases, directories, files and chat.</summary>
internal static class OtherExchanges
{
    private const uint MySqlCapabilities = 0x0008_AA05;
    private const int MySqlMaxPacket = 0xFF_FFFF;

    internal static async Task LdapAsync(Stream tls)
    {
        var right = await LdapBind.RunAsync(tls, 1, SlapdSetup.AdministratorName, SlapdSetup.Password);
        var wrong = await LdapBind.RunAsync(tls, 2, SlapdSetup.AdministratorName, "wrong");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(right, Is.Zero);
            Assert.That(wrong, Is.EqualTo(LdapBind.InvalidCredentials));
        }
    }

    internal static async Task FtpAsync(Stream tls)
    {
        var dialogue = new Dialogue(tls);
        var login = await dialogue.AskAsync("USER anonymous");
        var size = await dialogue.AskAsync("PBSZ 0");
        var protection = await dialogue.AskAsync("PROT P");

        Assert.That((login[..3], size[..3], protection[..3]), Is.EqualTo(("230", "200", "200")));
    }

    internal static async Task IrcAsync(Stream tls)
    {
        // Parallel tests share the server, and no name can be taken twice.
        var name = $"t{Guid.NewGuid():N}"[..12];
        var welcome = await new Dialogue(tls).AskAsync($"NICK {name}\r\nUSER {name} 0 * :{name}\r\nCAP END", line => line.Contains(" 001 ", StringComparison.Ordinal));

        Assert.That(welcome, Does.Contain(name));
    }

    internal static async Task XmppAsync(Stream tls)
    {
        var features = await OpenStreamAsync(tls, "jabber:client", string.Empty);

        Assert.That(features, Does.Contain("urn:ietf:params:xml:ns:xmpp-sasl").And.Not.Contains("xmpp-tls"));
    }

    internal static async Task XmppServerAsync(Stream tls)
    {
        var features = await OpenStreamAsync(tls, "jabber:server", " from='peer.example.com'");

        Assert.That(features, Does.Contain("dialback").And.Not.Contains("xmpp-tls"));
    }

    internal static async Task PostgreSqlAsync(Stream tls)
    {
        await tls.WriteAsync(PostgreSqlMessage(null, $"\0\x03\0\0user\0{PostgreSqlSetup.UserName}\0database\0postgres\0\0"));
        await tls.WriteAsync(PostgreSqlMessage('Q', "SELECT ssl, 'hel' || 'lo' FROM pg_stat_ssl WHERE pid = pg_backend_pid()\0"));
        var row = string.Empty;
        for (var ready = 0; ready < 2;)
        {
            var header = new byte[5];
            await tls.ReadExactlyAsync(header);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)) - 4];
            await tls.ReadExactlyAsync(body);
            Assert.That((char)header[0], Is.Not.EqualTo('E'), Encoding.UTF8.GetString(body));
            row = header[0] == 'D' ? Encoding.UTF8.GetString(body) : row;
            ready += header[0] == 'Z' ? 1 : 0;
        }

        Assert.That(row, Is.EqualTo("\0\x02\0\0\0\x01t\0\0\0\x05hello"));
    }

    internal static async Task MySqlAsync(Stream tls)
    {
        // The capabilities of the SSLRequest again; the user, no password, and the plug-in's name.
        var response = new byte[32];
        BinaryPrimitives.WriteUInt32LittleEndian(response, MySqlCapabilities);
        BinaryPrimitives.WriteInt32LittleEndian(response.AsSpan(4), MySqlMaxPacket);
        response[8] = 45;
        await tls.WriteAsync(MySqlPacket(2, [.. response, .. "root\0\0mysql_native_password\0"u8]));
        var welcome = await ReadMySqlAsync(tls);
        await tls.WriteAsync(MySqlPacket(0, [3, .. "SHOW STATUS LIKE 'Ssl_version'"u8]));
        var text = new StringBuilder();
        for (var ends = 0; ends < 2;)
        {
            var packet = await ReadMySqlAsync(tls);
            Assert.That(packet[0], Is.Not.EqualTo(0xFF), Encoding.UTF8.GetString(packet));
            ends += packet is [0xFE, _, _, _, _] ? 1 : 0;
            text.Append(Encoding.Latin1.GetString(packet));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(welcome[0], Is.Zero, Encoding.UTF8.GetString(welcome));
            Assert.That(text.ToString(), Does.Contain("TLSv1."));
        }
    }

    private static async Task<string> OpenStreamAsync(Stream tls, string content, string from)
    {
        var dialogue = new Dialogue(tls);
        await dialogue.SayAsync($"<?xml version='1.0'?><stream:stream to='{HandshakePki.Trusted}'{from} version='1.0' xmlns='{content}' xmlns:stream='http://etherx.jabber.org/streams'>");
        return await dialogue.HearTextAsync("</stream:features>");
    }

    private static byte[] PostgreSqlMessage(char? type, string body)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, 4 + body.Length);
        return [.. type is { } letter ? [(byte)letter] : Array.Empty<byte>(), .. length, .. Encoding.Latin1.GetBytes(body)];
    }

    private static byte[] MySqlPacket(byte sequence, byte[] body) => [(byte)body.Length, 0, 0, sequence, .. body];

    private static async Task<byte[]> ReadMySqlAsync(Stream tls)
    {
        var header = new byte[4];
        await tls.ReadExactlyAsync(header);
        var body = new byte[header[0] | (header[1] << 8) | (header[2] << 16)];
        await tls.ReadExactlyAsync(body);
        return body;
    }
}
