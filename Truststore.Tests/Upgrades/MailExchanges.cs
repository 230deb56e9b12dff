using Truststore.Tests.Servers.Programs;

namespace Truststore.Tests.Upgrades;

/// <summary>What is said behind TLS to show that the protocol goes on: mail and news.</summary>
internal static class MailExchanges
{
    internal static async Task SmtpAsync(Stream tls)
    {
        var capabilities = await new Dialogue(tls).AskAsync("EHLO client.example.com");

        Assert.That(capabilities, Does.StartWith("250-").And.Contains("250-PIPELINING").And.Not.Contains("STARTTLS"));
    }

    internal static async Task LmtpAsync(Stream tls)
    {
        var dialogue = new Dialogue(tls);
        var capabilities = await dialogue.AskAsync("LHLO client.example.com");
        await dialogue.AskAsync("MAIL FROM:<bob@example.com>");
        await dialogue.AskAsync($"RCPT TO:<{DovecotSetup.UserName}@example.com>");
        await dialogue.AskAsync("DATA");
        var delivered = await dialogue.AskAsync("Subject: hello\r\n\r\nhello\r\n.");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(capabilities, Does.StartWith("250-").And.Not.Contains("STARTTLS"));
            Assert.That(delivered, Does.StartWith("250 2.0.0"));
        }
    }

    internal static async Task ImapAsync(Stream tls)
    {
        var dialogue = new Dialogue(tls);
        var login = await dialogue.AskAsync($"a LOGIN {DovecotSetup.UserName} {DovecotSetup.Password}", line => line.StartsWith("a ", StringComparison.Ordinal));
        var select = await dialogue.AskAsync("b SELECT INBOX", line => line.StartsWith("b ", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(login, Does.Contain("a OK"));
            Assert.That(select, Does.Match(@"\* \d+ EXISTS").And.Contains("b OK"));
        }
    }

    internal static async Task Pop3Async(Stream tls)
    {
        var dialogue = new Dialogue(tls);
        await dialogue.AskAsync("USER " + DovecotSetup.UserName, _ => true);
        var login = await dialogue.AskAsync("PASS " + DovecotSetup.Password, _ => true);
        var count = await dialogue.AskAsync("STAT", _ => true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(login, Does.StartWith("+OK"));
            Assert.That(count, Does.Match(@"^\+OK \d+ \d+"));
        }
    }

    // The server tells its capabilities anew by itself (RFC 5804 §2.2).
    internal static async Task ManageSieveAsync(Stream tls)
    {
        var dialogue = new Dialogue(tls);
        var capabilities = await dialogue.HearAsync(line => line.StartsWith("OK", StringComparison.Ordinal));
        var space = await dialogue.AskAsync("CAPABILITY", line => line.StartsWith("OK", StringComparison.Ordinal));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(capabilities, Does.Contain("\"SASL\" \"PLAIN").And.Not.Contains("STARTTLS"));
            Assert.That(space, Does.Contain("\"IMPLEMENTATION\""));
        }
    }

    internal static async Task NntpAsync(Stream tls)
    {
        var dialogue = new Dialogue(tls);
        var capabilities = await dialogue.AskAsync("CAPABILITIES", line => line is ".");
        var groups = await dialogue.AskAsync("LIST ACTIVE", line => line is ".");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(capabilities, Does.StartWith("101").And.Contains("READER").And.Not.Contains("STARTTLS"));
            Assert.That(groups, Does.StartWith("215").And.Contains("example.test"));
        }
    }
}
