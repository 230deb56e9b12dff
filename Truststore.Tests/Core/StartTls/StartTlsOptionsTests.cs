namespace Truststore.Tests.Core.Negotiation;

internal sealed class StartTlsOptionsTests
{
    [TestCase("")]
    [TestCase("two words")]
    [TestCase("a\r\nMAIL FROM:<x@example.com>")]
    [TestCase("a\0")]
    [TestCase("bücher.example")]
    [TestCase("<a>")]
    public void ClientName_NoName_Throws(string name) =>
        Assert.That(() => new StartTlsOptions { ClientName = name }, Throws.ArgumentException.With.Message.Contains("StartTlsOptions.ClientName"));

    [TestCase("mail.example.com")]
    [TestCase("[192.0.2.1]")]
    [TestCase("[IPv6:2001:db8::1]")]
    [TestCase(null)]
    public void ClientName_Name_IsTaken(string? name) => Assert.That(new StartTlsOptions { ClientName = name }.ClientName, Is.EqualTo(name));

    [TestCase(0)]
    [TestCase(-5)]
    [TestCase(25 * 24 * 3600)]
    public void Timeout_OutOfRange_Throws(int seconds) =>
        Assert.That(() => new StartTlsOptions { Timeout = TimeSpan.FromSeconds(seconds) }, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Timeout"));

    [Test]
    public void Timeout_Infinite_IsTaken() => Assert.That(new StartTlsOptions { Timeout = Timeout.InfiniteTimeSpan }.Timeout, Is.EqualTo(Timeout.InfiniteTimeSpan));

    [Test]
    public void Limits_TooLow_Throw()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new StartTlsOptions { MaxLineLength = 63 }, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("MaxLineLength"));
            Assert.That(() => new StartTlsOptions { MaxReplyLines = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("MaxReplyLines"));
            Assert.That(() => new StartTlsOptions { MaxPlaintextBytes = 63 }, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("MaxPlaintextBytes"));
            Assert.That(() => new StartTlsOptions { XmppDomain = "a b" }, Throws.ArgumentException);
            Assert.That(() => new StartTlsOptions { TimeProvider = null! }, Throws.ArgumentNullException);
        }
    }
}
