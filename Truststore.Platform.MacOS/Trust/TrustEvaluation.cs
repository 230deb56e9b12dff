using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Truststore.Platform.MacOS.Interop;

namespace Truststore.Platform.MacOS.Trust;

/// <summary>Asks SecTrust about one request.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The CFScope disposes of them.")]
internal sealed class TrustEvaluation(ChainVerificationRequest request, OfferedCertificates offered)
{
    /// <summary>The domain in which codes are OSStatus values (kCFErrorDomainOSStatus, CFError.h:78).</summary>
    private const string StatusDomain = "NSOSStatusErrorDomain";

    /// <summary>errSecUnknownFormat, which SecCertificateCreateWithData would say if it could.</summary>
    private const int EndEntityRejected = -25257;

    /// <summary>How much is shown of Security's words, which quote names from the peer's certificates: the code behind them is to be seen too.</summary>
    private const int MaxDescriptionLength = 500;

    /// <summary>CFAbsoluteTime counts seconds from here (CFDate.h:37).</summary>
    private static readonly DateTimeOffset s_epoch = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Evaluates the chain.</summary>
    /// <param name="hostname">The name that SecTrust is to check, or null for none.</param>
    /// <exception cref="NativeCallException">A function failed, so that there is no verdict.</exception>
    internal NativeVerdict Evaluate(string? hostname)
    {
        using var scope = new CFScope();
        var trust = CreateTrust(scope, hostname);
        SetAnchors(scope, trust);

        // Whole seconds, the granularity of certificates: SecCertificateIsValid (SecCertificate.c:4371) has both ends inclusive, to the fraction.
        var seconds = (request.VerificationTime - s_epoch).Ticks / TimeSpan.TicksPerSecond;
        var date = scope.Own(CoreFoundation.CFDateCreate(0, seconds), nameof(CoreFoundation.CFDateCreate));
        CFReader.Check(SecurityFramework.SecTrustSetVerifyDate(trust, date), nameof(SecurityFramework.SecTrustSetVerifyDate));
        CFReader.Check(SecurityFramework.SecTrustSetNetworkFetchAllowed(trust, ToByte(request.AllowNetwork)), nameof(SecurityFramework.SecTrustSetNetworkFetchAllowed));

        var answer = SecurityFramework.SecTrustEvaluateWithError(trust, out var error);
        scope.Add(error);
        if (answer == 1 && error.IsInvalid)
        {
            return new NativeVerdict(IsTrusted: true, ReadChain(scope, trust));
        }

        var (code, text) = error.IsInvalid ? (null, "SecTrustEvaluateWithError does not trust the chain, and gave no reason.") : ReadError(error);
        return new NativeVerdict(IsTrusted: false, ReadChain(scope, trust), code, text);
    }

    private SafeCFHandle CreateTrust(CFScope scope, string? hostname)
    {
        var certificates = new List<SafeCFHandle> { CreateCertificate(scope, offered.EndEntity) ?? throw new NativeCallException(nameof(SecurityFramework.SecCertificateCreateWithData), "does not take the end-entity certificate.", EndEntityRejected) };
        AddCertificates(scope, certificates, offered.Others);

        var name = hostname is null ? SafeCFHandle.Null : scope.CreateString(hostname);
        var isServer = ToByte(request.Purpose == PeerPurpose.ServerAuthentication);
        var policies = new List<SafeCFHandle> { scope.Own(SecurityFramework.SecPolicyCreateSSL(isServer, name), nameof(SecurityFramework.SecPolicyCreateSSL)) };
        if (request.HasFlag(TlsVerifyFlags.CrlCheckChain))
        {
            var flags = SecurityFramework.RevocationUseAnyAvailableMethod | SecurityFramework.RevocationRequirePositiveResponse | (request.AllowNetwork ? 0 : SecurityFramework.RevocationNetworkAccessDisabled);
            policies.Add(scope.Own(SecurityFramework.SecPolicyCreateRevocation(flags), nameof(SecurityFramework.SecPolicyCreateRevocation)));
        }

        var status = SecurityFramework.SecTrustCreateWithCertificates(scope.CreateArray(certificates), scope.CreateArray(policies), out var trust);
        scope.Add(trust);
        CFReader.Check(status, nameof(SecurityFramework.SecTrustCreateWithCertificates));
        return trust.IsInvalid ? throw new NativeCallException(nameof(SecurityFramework.SecTrustCreateWithCertificates), "gave no trust object.") : trust;
    }

    private void SetAnchors(CFScope scope, SafeCFHandle trust)
    {
        if (offered.Anchors.Count > 0 || !request.UseSystemAnchors)
        {
            var anchors = new List<SafeCFHandle>();
            AddCertificates(scope, anchors, offered.Anchors);
            CFReader.Check(SecurityFramework.SecTrustSetAnchorCertificates(trust, scope.CreateArray(anchors)), nameof(SecurityFramework.SecTrustSetAnchorCertificates));
        }

        // After the anchors: setting them switches the system's off (SecTrust.c:400-441).
        CFReader.Check(SecurityFramework.SecTrustSetAnchorCertificatesOnly(trust, ToByte(!request.UseSystemAnchors)), nameof(SecurityFramework.SecTrustSetAnchorCertificatesOnly));
    }

    /// <summary>What Security does not take for a certificate is left out; it could not stand in a path.</summary>
    private static void AddCertificates(CFScope scope, List<SafeCFHandle> handles, IReadOnlyList<CertificateInfo> certificates)
    {
        foreach (var certificate in certificates)
        {
            if (CreateCertificate(scope, certificate) is { } handle)
            {
                handles.Add(handle);
            }
        }
    }

    private static SafeCFHandle? CreateCertificate(CFScope scope, CertificateInfo certificate)
    {
        var handle = scope.Add(SecurityFramework.SecCertificateCreateWithData(0, scope.CreateData(certificate.RawData.Span)));
        return handle.IsInvalid ? null : handle;
    }

    private static List<ReadOnlyMemory<byte>> ReadChain(CFScope scope, SafeCFHandle trust)
    {
        var chain = scope.Add(SecurityFramework.SecTrustCopyCertificateChain(trust));
        return chain.IsInvalid ? [] : scope.Elements(chain).ConvertAll(certificate => (ReadOnlyMemory<byte>)CFReader.ReadCertificate(certificate));
    }

    private static (int? Code, string Text) ReadError(SafeCFHandle error)
    {
        using var scope = new CFScope();
        var code = CoreFoundation.CFErrorGetCode(error);
        var domainHandle = scope.Add(SafeCFHandle.Retain(CoreFoundation.CFErrorGetDomain(error)));
        var domain = domainHandle.IsInvalid ? null : CFReader.ReadString(domainHandle);
        var description = scope.Add(CoreFoundation.CFErrorCopyDescription(error));
        var words = description.IsInvalid ? null : CFReader.ReadString(description);
        words = string.IsNullOrEmpty(words) ? "Security.framework does not trust the chain, and does not say why" : SafeText.Show(words.TrimEnd('.'), MaxDescriptionLength);
        return string.Equals(domain, StatusDomain, StringComparison.Ordinal) && code is >= int.MinValue and <= int.MaxValue
            ? ((int)code, string.Create(CultureInfo.InvariantCulture, $"{words} (OSStatus {code})."))
            : (null, string.Create(CultureInfo.InvariantCulture, $"{words} (code {code} of {(domain is null ? "an unnamed domain" : SafeText.ShowName(domain))})."));
    }

    private static byte ToByte(bool value) => value ? (byte)1 : (byte)0;
}
