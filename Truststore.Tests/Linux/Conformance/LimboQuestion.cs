using System.Security.Cryptography.X509Certificates;

namespace Truststore.Tests.Linux.Conformance;

/// <summary>
/// What a case asks: one request for each purpose and each name, all of which must be trusted, and the key usages that the end-entity
/// certificate must allow.
/// </summary>
internal sealed class LimboQuestion
{
    // Cases without a time hold certificates valid from 1970 to 2969.
    private static readonly DateTimeOffset s_defaultTime = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly X509KeyUsageFlags _keyUsage;
    private readonly string? _unusableName;

    private LimboQuestion(LimboCase testCase, TlsVerifyFlags flags)
    {
        var request = CreateRequest(testCase, flags);
        var names = new List<ReferenceIdentifier?>();
        foreach (var name in Names(testCase))
        {
            if (Read(name) is { } reference)
            {
                names.Add(reference);
            }
            else
            {
                _unusableName ??= name.Value;
            }
        }

        Requests =
        [
            .. from purpose in Purposes(testCase)
               from name in names.DefaultIfEmpty()
               select request with { Purpose = purpose, ReferenceIdentifier = name, CheckHostname = name is not null },
        ];
        _keyUsage = (testCase.KeyUsage ?? []).Aggregate(X509KeyUsageFlags.None, (all, usage) => all | KeyUsageOf(usage)!.Value);
    }

    /// <summary>The requests; at least one.</summary>
    internal IReadOnlyList<ChainVerificationRequest> Requests { get; }

    /// <summary>What a case asks.</summary>
    /// <exception cref="NotSupportedException">It asks for something that <see cref="FindUnsupported"/> names.</exception>
    internal static LimboQuestion Of(LimboCase testCase, TlsVerifyFlags flags) => FindUnsupported(testCase) is { } unsupported
        ? throw new NotSupportedException($"{testCase.Id} asks for {unsupported}.")
        : new LimboQuestion(testCase, flags);

    /// <summary>What a case asks for that no request can ask for, so that the case must be skipped, or null.</summary>
    internal static string? FindUnsupported(LimboCase testCase)
    {
        var extendedKeyUsage = testCase.ExtendedKeyUsage?.FirstOrDefault(usage => PurposeOf(usage) is null);
        var keyUsage = testCase.KeyUsage?.FirstOrDefault(usage => KeyUsageOf(usage) is null);
        var name = Names(testCase).FirstOrDefault(name => name.Kind is not ("DNS" or "IP" or "RFC822"));
        return testCase.ExpectedResult is not ("SUCCESS" or "FAILURE") ? $"the result {testCase.ExpectedResult}"
            : testCase.ValidationKind is not ("SERVER" or "CLIENT") ? $"the validation kind {testCase.ValidationKind}"
            : testCase.SignatureAlgorithms is { Count: > 0 } ? "a list of signature algorithms"
            : extendedKeyUsage is not null ? $"the extended key usage {extendedKeyUsage}"
            : keyUsage is not null ? $"the key usage {keyUsage}"
            : name is not null ? $"a name of the kind {name.Kind}"
            : null;
    }

    /// <summary>The answer of a verifier.</summary>
    /// <param name="verifier">The verifier.</param>
    /// <param name="change">Sends the chain of each request in another way; null for as it is.</param>
    internal LimboAnswer Ask(IChainVerifier verifier, Func<ChainVerificationRequest, ChainVerificationRequest>? change = null)
    {
        ChainVerificationResult? result = null;
        foreach (var request in Requests)
        {
            result = verifier.Verify(change?.Invoke(request) ?? request);
            if (!result.IsTrusted)
            {
                return new LimboAnswer(request, result, result.Failures[0].Message);
            }
        }

        // Without the extension the key is for every use.
        var allowed = result!.VerifiedPath[0].KeyUsage ?? _keyUsage;
        var objection = _unusableName is not null ? $"no request can be for the name {_unusableName}"
            : (allowed & _keyUsage) != _keyUsage ? $"the key usage does not include all of {_keyUsage}"
            : null;
        return new LimboAnswer(Requests[0], result, objection);
    }

    private static ChainVerificationRequest CreateRequest(LimboCase testCase, TlsVerifyFlags flags) => new()
    {
        PeerChain = PeerCertificate.CreateChain([LimboData.Decode(testCase.PeerCertificate), .. testCase.UntrustedIntermediates.Select(LimboData.Decode)]),
        AddedAnchors = new TrustAnchorCollection(testCase.TrustedCerts.Select(ReadAnchor)),
        RevocationLists = [.. (testCase.Crls ?? []).Select(pem => CertificateRevocationList.Parse(LimboData.Decode(pem).Span))],
        UseSystemAnchors = false,
        VerificationTime = testCase.ValidationTime ?? s_defaultTime,
        VerifyFlags = TlsVerifyFlags.X509PartialChain | flags,
        Limits = testCase.MaxChainDepth is { } depth
            ? VerificationLimits.Default with { MaxIntermediates = depth }
            : VerificationLimits.Default,
    };

    private static TrustAnchor ReadAnchor(string pem) => new(CertificateInfo.Parse(LimboData.Decode(pem).Span));

    private static IEnumerable<LimboCase.PeerName> Names(LimboCase testCase) =>
        (testCase.ExpectedPeerName is { } name ? [name] : Enumerable.Empty<LimboCase.PeerName>()).Concat(testCase.ExpectedPeerNames ?? []);

    private static IEnumerable<PeerPurpose> Purposes(LimboCase testCase) => testCase.ExtendedKeyUsage is { Count: > 0 } usages
        ? usages.Select(usage => PurposeOf(usage)!.Value).Distinct()
        : [testCase.ValidationKind is "CLIENT" ? PeerPurpose.ClientAuthentication : PeerPurpose.ServerAuthentication];

    /// <summary>The name as a program asks for it; null where it is malformed, or read as a name of another kind.</summary>
    private static ReferenceIdentifier? Read(LimboCase.PeerName name)
    {
        var kind = name.Kind switch
        {
            "DNS" => ReferenceIdentifierKind.DnsName,
            "IP" => ReferenceIdentifierKind.IPAddress,
            _ => ReferenceIdentifierKind.EmailAddress,
        };
        try
        {
            var isEmail = kind == ReferenceIdentifierKind.EmailAddress;
            var reference = isEmail ? ReferenceIdentifier.ParseEmail(name.Value) : ReferenceIdentifier.Parse(name.Value);
            return reference.Kind == kind ? reference : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static PeerPurpose? PurposeOf(string extendedKeyUsage) => extendedKeyUsage switch
    {
        "serverAuth" => PeerPurpose.ServerAuthentication,
        "clientAuth" => PeerPurpose.ClientAuthentication,
        _ => null,
    };

    private static X509KeyUsageFlags? KeyUsageOf(string usage) => usage switch
    {
        "digitalSignature" => X509KeyUsageFlags.DigitalSignature,
        "contentCommitment" => X509KeyUsageFlags.NonRepudiation,
        "keyEncipherment" => X509KeyUsageFlags.KeyEncipherment,
        "dataEncipherment" => X509KeyUsageFlags.DataEncipherment,
        "keyAgreement" => X509KeyUsageFlags.KeyAgreement,
        "keyCertSign" => X509KeyUsageFlags.KeyCertSign,
        "cRLSign" => X509KeyUsageFlags.CrlSign,
        "encipher only" or "encipherOnly" => X509KeyUsageFlags.EncipherOnly,
        "decipher only" or "decipherOnly" => X509KeyUsageFlags.DecipherOnly,
        _ => null,
    };
}
