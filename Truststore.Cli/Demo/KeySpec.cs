using System.Security.Cryptography;

namespace Truststore.Cli.Demo;

/// <summary>The kind of key to make: an RSA key of a size, or an elliptic curve key on a curve.</summary>
internal sealed record KeySpec
{
    private readonly ECCurve _curve;

    private KeySpec(string name, int rsaSize, ECCurve curve)
    {
        Name = name;
        RsaSize = rsaSize;
        _curve = curve;
    }

    internal static KeySpec P256 { get; } = new("P-256", 0, ECCurve.NamedCurves.nistP256);

    internal static KeySpec P384 { get; } = new("P-384", 0, ECCurve.NamedCurves.nistP384);

    internal static KeySpec P521 { get; } = new("P-521", 0, ECCurve.NamedCurves.nistP521);

    internal string Name { get; }

    /// <summary>The size of the modulus in bits; 0 for an elliptic curve key.</summary>
    internal int RsaSize { get; }

    internal bool IsRsa => RsaSize > 0;

    internal static KeySpec Rsa(int size) => new($"RSA-{size}", size, default);

    /// <summary>A key on any curve that the runtime knows, for instance one that TLS does not accept.</summary>
    internal static KeySpec Curve(ECCurve curve) => new(curve.Oid.FriendlyName ?? "EC", 0, curve);

    /// <summary>Makes a new random key.</summary>
    internal AsymmetricAlgorithm Generate() => IsRsa ? RSA.Create(RsaSize) : ECDsa.Create(_curve);

    public override string ToString() => Name;
}
