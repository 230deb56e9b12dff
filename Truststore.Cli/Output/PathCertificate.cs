namespace Truststore.Cli.Output;

/// <summary>One certificate of the path that a verdict speaks of.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="SentByPeer">Whether the peer sent it.</param>
/// <param name="Anchor">The kind of trust anchor that it is, or <see langword="null"/>.</param>
/// <param name="Failures">What is wrong with it.</param>
internal sealed record PathCertificate(CertificateInfo Certificate, bool SentByPeer, AnchorOrigin? Anchor, IReadOnlyList<VerificationFailure> Failures);
