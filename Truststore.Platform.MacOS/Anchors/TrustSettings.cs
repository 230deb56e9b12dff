using System.Diagnostics.CodeAnalysis;
using Truststore.Platform.MacOS.Interop;

namespace Truststore.Platform.MacOS.Anchors;

/// <summary>What the trust settings of a certificate in one domain mean for TLS.</summary>
/// <param name="Result">Trusted, denied, or nothing said.</param>
/// <param name="IsForTlsOnly">Whether the certificate is trusted for TLS and perhaps not for other things.</param>
/// <param name="Problem">Why the settings cannot be read; null when they can.</param>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The CFScope disposes of them.")]
internal sealed record TrustSettings(TrustSettingsResult Result, bool IsForTlsOnly = false, string? Problem = null)
{
    /// <summary>kSecTrustSettingsKeyUseSignCert, SecTrustSettings.h:199.</summary>
    private const int SignCertificates = 8;

    /// <summary>kSecPolicyAppleSSL; SecPolicyCopyProperties gives it for TLS servers and clients alike (SecPolicy.c:549).</summary>
    private const string TlsPolicy = "1.2.840.113635.100.1.3";

    /// <summary>Reads the settings.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="isRoot">Whether it is self-issued. TrustRoot counts for roots only, TrustAsRoot for others only (SecTrustSettings.h:155).</param>
    /// <param name="domain">The domain.</param>
    internal static TrustSettings Read(SafeCFHandle certificate, bool isRoot, TrustSettingsDomain domain)
    {
        using var scope = new CFScope();
        var status = SecurityFramework.SecTrustSettingsCopyTrustSettings(certificate, (uint)domain, out var settings);
        scope.Add(settings);
        if (status is Trust.SecurityStatus.ItemNotFound or Trust.SecurityStatus.NoTrustSettings)
        {
            return new TrustSettings(TrustSettingsResult.Unspecified);
        }

        try
        {
            CFReader.Check(status, nameof(SecurityFramework.SecTrustSettingsCopyTrustSettings));
            if (settings.IsInvalid)
            {
                return new TrustSettings(TrustSettingsResult.Unspecified);
            }

            // An empty list is trust without a condition, for a root (SecTrustSettings.h:150).
            var entries = scope.Elements(settings);
            return entries.Count > 0 ? Combine(entries, isRoot) : new TrustSettings(isRoot ? TrustSettingsResult.TrustRoot : TrustSettingsResult.Unspecified);
        }
        catch (NativeCallException error)
        {
            return new TrustSettings(TrustSettingsResult.Invalid, Problem: error.Message);
        }
    }

    /// <summary>Deny is deny, whatever stands beside it.</summary>
    private static TrustSettings Combine(List<SafeCFHandle> entries, bool isRoot)
    {
        var combined = new TrustSettings(TrustSettingsResult.Unspecified);
        foreach (var entry in entries)
        {
            if (CoreFoundation.CFGetTypeID(entry) != CoreFoundation.CFDictionaryGetTypeID() || ReadEntry(entry) is not { } setting)
            {
                continue;
            }

            if (setting.Result == TrustSettingsResult.Deny)
            {
                return setting;
            }

            var trusts = setting.Result == (isRoot ? TrustSettingsResult.TrustRoot : TrustSettingsResult.TrustAsRoot);
            if (trusts && (combined.Result == TrustSettingsResult.Unspecified || combined.IsForTlsOnly))
            {
                combined = setting;
            }
        }

        return combined;
    }

    /// <summary>One entry, or null when it is not about every TLS connection: of another policy, for one program or host, or for another use of the key.</summary>
    private static TrustSettings? ReadEntry(SafeCFHandle entry)
    {
        using var scope = new CFScope();
        if (!Find(scope, entry, "kSecTrustSettingsApplication").IsInvalid || !Find(scope, entry, "kSecTrustSettingsPolicyString").IsInvalid)
        {
            return null;
        }

        var policy = Find(scope, entry, "kSecTrustSettingsPolicy");
        if (!policy.IsInvalid && !string.Equals(ReadPolicy(scope, policy), TlsPolicy, StringComparison.Ordinal))
        {
            return null;
        }

        var usage = Find(scope, entry, "kSecTrustSettingsKeyUsage");
        if (!usage.IsInvalid && (ReadNumber(usage) & SignCertificates) == 0)
        {
            return null;
        }

        var result = Find(scope, entry, "kSecTrustSettingsResult");
        return new TrustSettings(result.IsInvalid ? TrustSettingsResult.TrustRoot : (TrustSettingsResult)ReadNumber(result), IsForTlsOnly: !policy.IsInvalid);
    }

    /// <summary>The value of a key; no object when there is none.</summary>
    private static SafeCFHandle Find(CFScope scope, SafeCFHandle dictionary, string key) =>
        CoreFoundation.CFDictionaryGetValueIfPresent(dictionary, scope.CreateString(key), out var value) == 0 ? SafeCFHandle.Null : scope.Add(SafeCFHandle.Retain(value));

    private static string? ReadPolicy(CFScope scope, SafeCFHandle policy)
    {
        if (CoreFoundation.CFGetTypeID(policy) != SecurityFramework.SecPolicyGetTypeID())
        {
            return null;
        }

        var properties = scope.Own(SecurityFramework.SecPolicyCopyProperties(policy), nameof(SecurityFramework.SecPolicyCopyProperties));
        var oid = Find(scope, properties, "SecPolicyOid");
        return !oid.IsInvalid && CoreFoundation.CFGetTypeID(oid) == CoreFoundation.CFStringGetTypeID() ? CFReader.ReadString(oid) : null;
    }

    private static int ReadNumber(SafeCFHandle number) =>
        CoreFoundation.CFGetTypeID(number) == CoreFoundation.CFNumberGetTypeID() && CoreFoundation.CFNumberGetValue(number, CoreFoundation.SInt32Type, out var value) != 0
            ? value
            : throw new NativeCallException(nameof(CoreFoundation.CFNumberGetValue), "gave no number.");
}
