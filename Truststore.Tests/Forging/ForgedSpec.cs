using System.Security.Cryptography;

namespace Truststore.Tests.Forging;

/// <summary>What a forged certificate says. The defaults are those of a CA.</summary>
internal sealed record ForgedSpec
{
    /// <summary>The subject, a Name in DER.</summary>
    internal required byte[] Subject { get; init; }

    /// <summary>The issuer in place of the issuing certificate's subject.</summary>
    internal byte[]? Issuer { get; init; }

    /// <summary>The subject's key; a new one on P-256 when null.</summary>
    internal ECDsa? Key { get; init; }

    /// <summary>A SubjectPublicKeyInfo in place of the key's own: one whose private half nobody needs to have.</summary>
    internal byte[]? SubjectPublicKeyInfo { get; init; }

    /// <summary>An AlgorithmIdentifier in DER and a signature, in place of a good signature by the issuer.</summary>
    internal (byte[] Algorithm, byte[] Value)? Signature { get; init; }

    /// <summary>The content octets of the serial number; a small number of its own when empty.</summary>
    internal byte[] SerialNumber { get; init; } = [];

    internal bool IsAuthority { get; init; } = true;

    /// <summary>GeneralName values in DER.</summary>
    internal IReadOnlyList<byte[]> AlternativeNames { get; init; } = [];

    /// <summary>Extensions in DER behind the usual ones.</summary>
    internal IReadOnlyList<byte[]> Extensions { get; init; } = [];

    /// <summary>Whether the certificate has no key identifiers, so that only names lead to its issuer.</summary>
    internal bool OmitKeyIdentifiers { get; init; }
}
