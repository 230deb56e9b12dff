using System.Security.Cryptography;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Key pairs, made once, because that is slow. Which ones they are does not matter to any verdict. For one thread at a time.</summary>
internal sealed class KeyRing
{
    internal static readonly KeySpec Rsa1024 = KeySpec.Rsa(1024);
    internal static readonly KeySpec Rsa2048 = KeySpec.Rsa(2048);
    internal static readonly KeySpec Brainpool256 = KeySpec.Curve(ECCurve.NamedCurves.brainpoolP256r1);
    internal static readonly KeySpec Secp256k1 = KeySpec.Curve(ECCurve.CreateFromValue("1.3.132.0.10"));
    internal static readonly KeySpec P192 = KeySpec.Curve(ECCurve.CreateFromValue("1.2.840.10045.3.1.1"));

    /// <summary>One for each thread that generates.</summary>
    internal static IReadOnlyList<KeyRing> All { get; } = [.. Enumerable.Range(0, Math.Min(4, Environment.ProcessorCount)).Select(static _ => new KeyRing())];

    private readonly Dictionary<(KeySpec Kind, int Slot), AsymmetricAlgorithm> _keys = [];

    /// <summary>A key pair of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="slot">Which of the keys of that kind; there are few where making them takes long.</param>
    internal AsymmetricAlgorithm Get(KeySpec kind, int slot)
    {
        const int ownSlots = 10;
        var kept = !kind.IsRsa ? slot : slot < ownSlots ? slot % 2 : 2;
        if (!_keys.TryGetValue((kind, kept), out var key))
        {
            _keys.Add((kind, kept), key = kind.Generate());
        }

        return key;
    }
}
