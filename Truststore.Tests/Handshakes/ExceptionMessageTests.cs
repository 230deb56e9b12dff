namespace Truststore.Tests.Handshakes;

/// <summary>What people read when a server is rejected, word by word: what is wrong, for which name, what was presented, what to do.</summary>
internal sealed class ExceptionMessageTests
{
    [TestCase(
        HandshakePki.WrongHost,
        "The certificate of 'wrong-host.example.com' is not trusted: the certificate is valid for other.example.com, *.other.example.com, not for wrong-host.example.com (certificate 0: CN=other.example.com). "
        + "Connect by a name that the certificate has, or have a certificate issued for this one.")]
    [TestCase(
        HandshakePki.Expired,
        "The certificate of 'expired.example.com' is not trusted: the certificate expired on 2026-06-14 12:00:00Z; the time is 2026-06-15 12:00:00Z (certificate 0: CN=expired.example.com). "
        + "The certificate must be renewed; if it was, check that the server sends the new one and that this machine's clock is right.")]
    [TestCase(
        HandshakePki.NotYetValid,
        "The certificate of 'not-yet-valid.example.com' is not trusted: the certificate is not valid before 2026-06-16 12:00:00Z; the time is 2026-06-15 12:00:00Z (certificate 0: CN=not-yet-valid.example.com). "
        + "Check this machine's clock; if it is right, the certificate is used too early.")]
    [TestCase(
        HandshakePki.UnknownCa,
        "The certificate of 'unknown-ca.example.com' is not trusted: its issuer 'CN=Stranger Root CA' was neither sent by the peer nor is it among the trust anchors (certificate 1: CN=Stranger Intermediate CA). "
        + "If you know this CA (a private one, or a TLS-inspecting proxy's), add its root by LoadVerifyLocations(caFile) or to the system's trust store.")]
    [TestCase(
        HandshakePki.MissingIntermediate,
        "The certificate of 'missing-intermediate.example.com' is not trusted: its issuer 'CN=Handshake Intermediate CA' was neither sent by the peer nor is it among the trust anchors (certificate 0: CN=missing-intermediate.example.com). "
        + "Usually the server does not send its intermediate certificates: it must send the whole chain. If the issuer is a private CA, add it by LoadVerifyLocations(caFile).")]
    [TestCase(
        HandshakePki.SelfSigned,
        "The certificate of 'self-signed.example.com' is not trusted: the certificate is signed by itself and is not among the trust anchors (certificate 0: CN=self-signed.example.com). "
        + "If you know this certificate, trust it by LoadVerifyLocations(caFile) with the certificate itself.")]
    [TestCase(
        HandshakePki.WeakAnchor,
        "The certificate of 'weak-anchor.example.com' is not trusted: the RSA key has 1024 bits; 2048 to 8192 are accepted (certificate 1: CN=Weak Root CA). "
        + "Have the certificate issued anew with a key and signature of today: RSA with 2048 bits or more, or ECDSA with P-256, and SHA-256.")]
    [TestCase(
        HandshakePki.WrongUsage,
        "The certificate of 'wrong-usage.example.com' is not trusted: the extended key usage is clientAuth and does not include serverAuth (certificate 0: CN=wrong-usage.example.com). "
        + "The certificate was issued for another purpose; the server needs one for TLS servers.")]
    [CancelAfter(30_000)]
    public async Task Message_RejectedServer_ExplainsIt(string host, string expected, CancellationToken cancellationToken)
    {
        var server = InMemoryHandshake.CreateServerOptions(HandshakePki.Instance[host]);

        var error = await InMemoryHandshake.RunRejectedAsync(TestContexts.Create().CreateOptions(host), server, cancellationToken);

        Assert.That(error.Message, Is.EqualTo(expected));
    }
}
