namespace Truststore.Platform.Windows.Trust;

/// <summary>A certificate of a chain that CryptoAPI has built.</summary>
/// <param name="Encoded">The certificate in DER.</param>
/// <param name="ErrorStatus">What is wrong with it: bits of <see cref="StatusMapping"/>.</param>
internal sealed record NativeElement(ReadOnlyMemory<byte> Encoded, uint ErrorStatus)
{
    /// <summary>Whether CryptoAPI has found out that the certificate is not revoked.</summary>
    internal bool IsKnownNotRevoked { get; init; }
}
