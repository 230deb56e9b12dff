using System.Runtime.InteropServices;

namespace Truststore.Platform.MacOS.Interop;

/// <summary>The functions of Security that are called. Names and types are those of Apple's headers; the lines are those of Security-61901.0.87.0.1.</summary>
internal static partial class SecurityFramework
{
    /// <summary>kSecRevocationUseAnyAvailableMethod, SecPolicy.h:228: OCSP or CRL.</summary>
    internal const nuint RevocationUseAnyAvailableMethod = 3;

    /// <summary>kSecRevocationRequirePositiveResponse, SecPolicy.h:226.</summary>
    internal const nuint RevocationRequirePositiveResponse = 1 << 3;

    /// <summary>kSecRevocationNetworkAccessDisabled, SecPolicy.h:227.</summary>
    internal const nuint RevocationNetworkAccessDisabled = 1 << 4;

    // SecCertificate.h:76. SecCertificateRef SecCertificateCreateWithData(CFAllocatorRef, CFDataRef)
    [LibraryImport(Frameworks.Security)]
    internal static partial SafeCFHandle SecCertificateCreateWithData(nint allocator, SafeCFHandle data);

    // SecCertificate.h:86. CFDataRef SecCertificateCopyData(SecCertificateRef)
    [LibraryImport(Frameworks.Security)]
    internal static partial SafeCFHandle SecCertificateCopyData(SafeCFHandle certificate);

    // SecPolicy.h:196. SecPolicyRef SecPolicyCreateSSL(Boolean, CFStringRef)
    [LibraryImport(Frameworks.Security)]
    internal static partial SafeCFHandle SecPolicyCreateSSL(byte server, SafeCFHandle hostname);

    // SecPolicy.h:246. SecPolicyRef SecPolicyCreateRevocation(CFOptionFlags)
    [LibraryImport(Frameworks.Security)]
    internal static partial SafeCFHandle SecPolicyCreateRevocation(nuint revocationFlags);

    // SecPolicy.h:174. CFDictionaryRef SecPolicyCopyProperties(SecPolicyRef)
    [LibraryImport(Frameworks.Security)]
    internal static partial SafeCFHandle SecPolicyCopyProperties(SafeCFHandle policy);

    // SecPolicy.h:159. CFTypeID SecPolicyGetTypeID(void)
    [LibraryImport(Frameworks.Security)]
    internal static partial nuint SecPolicyGetTypeID();

    // SecTrust.h:231. OSStatus SecTrustCreateWithCertificates(CFTypeRef, CFTypeRef, SecTrustRef *)
    [LibraryImport(Frameworks.Security)]
    internal static partial int SecTrustCreateWithCertificates(SafeCFHandle certificates, SafeCFHandle policies, out SafeCFHandle trust);

    // SecTrust.h:302. OSStatus SecTrustSetAnchorCertificates(SecTrustRef, CFArrayRef)
    [LibraryImport(Frameworks.Security)]
    internal static partial int SecTrustSetAnchorCertificates(SafeCFHandle trust, SafeCFHandle anchorCertificates);

    // SecTrust.h:316. OSStatus SecTrustSetAnchorCertificatesOnly(SecTrustRef, Boolean)
    [LibraryImport(Frameworks.Security)]
    internal static partial int SecTrustSetAnchorCertificatesOnly(SafeCFHandle trust, byte anchorCertificatesOnly);

    // SecTrust.h:347. OSStatus SecTrustSetVerifyDate(SecTrustRef, CFDateRef)
    [LibraryImport(Frameworks.Security)]
    internal static partial int SecTrustSetVerifyDate(SafeCFHandle trust, SafeCFHandle verifyDate);

    // SecTrust.h:272. OSStatus SecTrustSetNetworkFetchAllowed(SecTrustRef, Boolean)
    [LibraryImport(Frameworks.Security)]
    internal static partial int SecTrustSetNetworkFetchAllowed(SafeCFHandle trust, byte allowFetch);

    // SecTrust.h:426. bool SecTrustEvaluateWithError(SecTrustRef, CFErrorRef *)
    [LibraryImport(Frameworks.Security)]
    internal static partial byte SecTrustEvaluateWithError(SafeCFHandle trust, out SafeCFHandle error);

    // SecTrust.h:656. CFArrayRef SecTrustCopyCertificateChain(SecTrustRef)
    [LibraryImport(Frameworks.Security)]
    internal static partial SafeCFHandle SecTrustCopyCertificateChain(SafeCFHandle trust);

    // SecTrust.h:835. OSStatus SecTrustCopyAnchorCertificates(CFArrayRef *)
    [LibraryImport(Frameworks.Security)]
    internal static partial int SecTrustCopyAnchorCertificates(out SafeCFHandle anchors);

    // SecTrustSettings.h:279. OSStatus SecTrustSettingsCopyCertificates(SecTrustSettingsDomain, CFArrayRef *)
    [LibraryImport(Frameworks.Security)]
    internal static partial int SecTrustSettingsCopyCertificates(uint domain, out SafeCFHandle certificates);

    // SecTrustSettings.h:245. OSStatus SecTrustSettingsCopyTrustSettings(SecCertificateRef, SecTrustSettingsDomain, CFArrayRef *)
    [LibraryImport(Frameworks.Security)]
    internal static partial int SecTrustSettingsCopyTrustSettings(SafeCFHandle certificate, uint domain, out SafeCFHandle trustSettings);

    // SecBase.h:251. CFStringRef SecCopyErrorMessageString(OSStatus, void *)
    [LibraryImport(Frameworks.Security)]
    internal static partial SafeCFHandle SecCopyErrorMessageString(int status, nint reserved);
}
