using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Truststore.Platform.Linux;

namespace Truststore.Tests.Linux.Conformance;

/// <summary>Reads the conformance data, and makes a request of a case.</summary>
internal static class LimboData
{
    /// <summary>Names the folder that holds the data.</summary>
    internal const string Variable = "TRUSTSTORE_CONFORMANCE";

    private static readonly Lazy<IReadOnlyList<LimboCase>> s_cases = new(Read);

    /// <summary>All cases; a missing folder skips the test with the reason, under CI it fails it.</summary>
    internal static IReadOnlyList<LimboCase> Cases()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)))
        {
            TestPrerequisites.Missing($"the conformance data: set {Variable} to the folder that holds limbo-dev.json.gz");
        }

        if (PublicSuffixFile.Content.IsEmpty)
        {
            TestPrerequisites.Missing("the public suffix list, which some cases are about: install the package publicsuffix");
        }

        return s_cases.Value;
    }

    /// <summary>All cases where the data is there, to be mutated and not to be answered.</summary>
    internal static IReadOnlyList<LimboCase> CasesOrNone => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) ? [] : s_cases.Value;

    /// <summary>The question that a case asks: its anchors only, at its time, for its name.</summary>
    internal static ChainVerificationRequest CreateRequest(LimboCase testCase, TlsVerifyFlags flags) => new()
    {
        PeerChain = PeerCertificate.CreateChain([Decode(testCase.PeerCertificate), .. testCase.UntrustedIntermediates.Select(Decode)]),
        AddedAnchors = new TrustAnchorCollection(testCase.TrustedCerts.Select(pem => new TrustAnchor(CertificateInfo.Parse(Decode(pem).Span)))),
        RevocationLists = [.. testCase.Crls.Select(pem => CertificateRevocationList.Parse(Decode(pem).Span))],
        UseSystemAnchors = false,
        Purpose = testCase.ValidationKind is "CLIENT" ? PeerPurpose.ClientAuthentication : PeerPurpose.ServerAuthentication,
        ReferenceIdentifier = testCase.ExpectedPeerName is { } name ? ReferenceIdentifier.Parse(name.Value) : null,
        CheckHostname = testCase.ExpectedPeerName is not null,
        VerificationTime = testCase.ValidationTime ?? s_defaultTime,
        VerifyFlags = TlsVerifyFlags.X509PartialChain | flags,
        Limits = testCase.MaxChainDepth is { } depth ? VerificationLimits.Default with { MaxIntermediates = depth } : VerificationLimits.Default,
    };

    // Cases without a time hold certificates valid from 1970 to 2969.
    private static readonly DateTimeOffset s_defaultTime = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Decodes a PEM block.</summary>
    internal static ReadOnlyMemory<byte> Decode(string pem)
    {
        var fields = PemEncoding.Find(pem);
        return Convert.FromBase64String(pem[fields.Base64Data]);
    }

    private static IReadOnlyList<LimboCase> Read()
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable(Variable)!, "limbo-dev.json.gz");
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Suite>(file, JsonSerializerOptions.Web)!.Testcases;
    }

    private sealed record Suite(IReadOnlyList<LimboCase> Testcases);
}
