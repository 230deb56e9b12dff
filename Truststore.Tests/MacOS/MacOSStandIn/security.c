/* Security's side of the stand-in: certificates, policies, trust objects and trust settings; the verdicts are libcrypto's, in the codes that SecTrust gives. */
#include "standin.h"

#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The parts of a trust object. */
enum { CERTIFICATES, POLICIES, ANCHORS, VERIFY_DATE };
/* The flags of a trust object, and of a policy. */
enum { ANCHORS_ONLY, FETCH_ALLOWED };
enum { IS_SERVER, IS_REVOCATION };

static const CFAbsoluteTime s_epoch = 978307200; /* 2001-01-01 in Unix time: CFDate.h:45 */

static X509 *decode(const Object *certificate)
{
    const unsigned char *der = certificate->payload;
    return d2i_X509(NULL, &der, (long)certificate->size);
}

EXPORT CFTypeRef SecCertificateCreateWithData(CFTypeRef allocator, CFTypeRef data)
{
    Fault fault = standin_enter("SecCertificateCreateWithData");
    if (allocator)
        standin_misuse(NULL, "SecCertificateCreateWithData", "was given an allocator");
    if (!standin_is(data, TYPE_DATA, "SecCertificateCreateWithData") || fault.fails)
        return NULL;
    X509 *certificate = decode(data);
    if (!certificate)
        return NULL;
    X509_free(certificate);
    return standin_new_bytes(TYPE_CERTIFICATE, ((Object *)data)->payload, ((Object *)data)->size);
}

EXPORT CFTypeRef SecCertificateCopyData(CFTypeRef certificate)
{
    Fault fault = standin_enter("SecCertificateCopyData");
    if (!standin_is(certificate, TYPE_CERTIFICATE, "SecCertificateCopyData") || fault.fails)
        return NULL;
    return standin_new_bytes(TYPE_DATA, ((Object *)certificate)->payload, ((Object *)certificate)->size);
}

EXPORT CFTypeID SecPolicyGetTypeID(void) { return TYPE_POLICY; }

EXPORT CFTypeRef SecPolicyCreateSSL(Boolean server, CFTypeRef hostname)
{
    Fault fault = standin_enter("SecPolicyCreateSSL");
    if (server > 1)
        standin_misuse(NULL, "SecPolicyCreateSSL", "was given no Boolean");
    if ((hostname && !standin_is(hostname, TYPE_STRING, "SecPolicyCreateSSL")) || fault.fails)
        return NULL;
    Object *policy = standin_new(TYPE_POLICY);
    policy->flags[IS_SERVER] = server;
    policy->parts[0] = hostname ? standin_retain((Object *)hostname) : NULL;
    policy->parts[1] = standin_new_text("1.2.840.113635.100.1.3");
    return policy;
}

EXPORT CFTypeRef SecPolicyCreateRevocation(CFOptionFlags flags)
{
    Fault fault = standin_enter("SecPolicyCreateRevocation");
    if (fault.fails)
        return NULL;
    Object *policy = standin_new(TYPE_POLICY);
    policy->flags[IS_REVOCATION] = true;
    policy->number = (double)flags;
    return policy;
}

/* A policy for trust settings, by its object identifier. */
EXPORT Object *StandIn_Policy(const char *oid)
{
    Object *policy = standin_new(TYPE_POLICY);
    policy->parts[1] = standin_new_text(oid);
    return policy;
}

EXPORT CFTypeRef SecPolicyCopyProperties(CFTypeRef policy)
{
    Fault fault = standin_enter("SecPolicyCopyProperties");
    if (!standin_is(policy, TYPE_POLICY, "SecPolicyCopyProperties") || fault.fails)
        return NULL;
    Object *entries[2] = { standin_new_text("SecPolicyOid"), standin_retain(((Object *)policy)->parts[1]) };
    Object *properties = standin_new_bytes(TYPE_DICTIONARY, entries, sizeof entries);
    properties->count = 2;
    return properties;
}

/* An array of objects of one type; what Security does not take it reports, and so does this. */
static bool is_array_of(CFTypeRef array, CFTypeID type, const char *function)
{
    if (!standin_is(array, TYPE_ARRAY, function))
        return false;
    for (CFIndex i = 0; i < ((Object *)array)->count; i++)
        if (!standin_is(((Object **)((Object *)array)->payload)[i], type, function))
            return false;
    return true;
}

EXPORT OSStatus SecTrustCreateWithCertificates(CFTypeRef certificates, CFTypeRef policies, CFTypeRef *trust)
{
    Fault fault = standin_enter("SecTrustCreateWithCertificates");
    if (!is_array_of(certificates, TYPE_CERTIFICATE, "SecTrustCreateWithCertificates") || !is_array_of(policies, TYPE_POLICY, "SecTrustCreateWithCertificates"))
        return errSecParam;
    if (fault.fails)
        return (OSStatus)fault.value;
    if (((Object *)certificates)->count == 0 || ((Object *)policies)->count == 0)
        return errSecParam;
    Object *made = standin_new(TYPE_TRUST);
    made->parts[CERTIFICATES] = standin_retain((Object *)certificates);
    made->parts[POLICIES] = standin_retain((Object *)policies);
    made->flags[FETCH_ALLOWED] = true;
    *trust = made;
    return errSecSuccess;
}

static void set_part(Object *trust, int part, CFTypeRef value)
{
    Object *old = trust->parts[part];
    trust->parts[part] = standin_retain((Object *)value);
    if (old)
        standin_release(old);
}

EXPORT OSStatus SecTrustSetAnchorCertificates(CFTypeRef trust, CFTypeRef anchors)
{
    Fault fault = standin_enter("SecTrustSetAnchorCertificates");
    if (!standin_is(trust, TYPE_TRUST, "SecTrustSetAnchorCertificates") || !is_array_of(anchors, TYPE_CERTIFICATE, "SecTrustSetAnchorCertificates"))
        return errSecParam;
    if (fault.fails)
        return (OSStatus)fault.value;
    set_part((Object *)trust, ANCHORS, anchors);
    ((Object *)trust)->flags[ANCHORS_ONLY] = true;
    return errSecSuccess;
}

EXPORT OSStatus SecTrustSetAnchorCertificatesOnly(CFTypeRef trust, Boolean only)
{
    Fault fault = standin_enter("SecTrustSetAnchorCertificatesOnly");
    if (!standin_is(trust, TYPE_TRUST, "SecTrustSetAnchorCertificatesOnly") || only > 1)
        return errSecParam;
    if (fault.fails)
        return (OSStatus)fault.value;
    ((Object *)trust)->flags[ANCHORS_ONLY] = only;
    return errSecSuccess;
}

EXPORT OSStatus SecTrustSetVerifyDate(CFTypeRef trust, CFTypeRef date)
{
    Fault fault = standin_enter("SecTrustSetVerifyDate");
    if (!standin_is(trust, TYPE_TRUST, "SecTrustSetVerifyDate") || !standin_is(date, TYPE_DATE, "SecTrustSetVerifyDate"))
        return errSecParam;
    if (fault.fails)
        return (OSStatus)fault.value;
    set_part((Object *)trust, VERIFY_DATE, date);
    return errSecSuccess;
}

EXPORT OSStatus SecTrustSetNetworkFetchAllowed(CFTypeRef trust, Boolean allowed)
{
    Fault fault = standin_enter("SecTrustSetNetworkFetchAllowed");
    if (!standin_is(trust, TYPE_TRUST, "SecTrustSetNetworkFetchAllowed") || allowed > 1)
        return errSecParam;
    if (fault.fails)
        return (OSStatus)fault.value;
    ((Object *)trust)->flags[FETCH_ALLOWED] = allowed;
    return errSecSuccess;
}

/* ---- Verdicts. ---- */

/* The codes that an evaluation gives, the gravest kind first, as SecTrust ranks them (SecTrust.c:1095: key size, hash, compliance, expiry, trust, name, usage). */
static const OSStatus s_ranking[] = {
    errSecCertificateRevoked, errSecUnsupportedKeySize, errSecInvalidDigestAlgorithm, errSecNoBasicConstraintsCA, errSecPathLengthConstraintExceeded,
    errSecUnknownCriticalExtensionFlag, errSecInvalidName, errSecInvalidCertificateRef, errSecCertificateExpired, errSecCreateChainFailed, errSecNotTrusted,
    errSecHostNameMismatch, errSecInvalidKeyUsageForPolicy, errSecInvalidExtendedKeyUsage, errSecIncompleteCertRevocationCheck
};

static int rank(OSStatus code)
{
    int i = 0, count = sizeof s_ranking / sizeof *s_ranking;
    while (i < count && s_ranking[i] != code)
        i++;
    return i;
}

typedef struct { OSStatus code; bool is_forged; } Findings;

static void find(Findings *findings, OSStatus code)
{
    if (findings->code == 0 || rank(code) < rank(findings->code))
        findings->code = code;
}

static OSStatus translate(int error)
{
    switch (error) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_UNTRUSTED:
        return errSecNotTrusted;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return errSecCreateChainFailed;
    case X509_V_ERR_INVALID_CA:
        return errSecNoBasicConstraintsCA;
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
        return errSecPathLengthConstraintExceeded;
    case X509_V_ERR_INVALID_PURPOSE:
        return errSecInvalidExtendedKeyUsage;
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
        return errSecUnsupportedKeySize;
    case X509_V_ERR_CA_MD_TOO_WEAK:
        return errSecInvalidDigestAlgorithm;
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION:
        return errSecUnknownCriticalExtensionFlag;
    case X509_V_ERR_PERMITTED_VIOLATION:
    case X509_V_ERR_EXCLUDED_VIOLATION:
        return errSecInvalidName;
    default:
        return errSecInvalidCertificateRef;
    }
}

static int note(int ok, X509_STORE_CTX *context)
{
    Findings *findings = X509_STORE_CTX_get_app_data(context);
    int error = X509_STORE_CTX_get_error(context);
    if (!ok && error == X509_V_ERR_CERT_SIGNATURE_FAILURE)
        findings->is_forged = true;
    else if (!ok)
        find(findings, translate(error));
    return 1;
}

static void push_all(STACK_OF(X509) *certificates, const Object *array, CFIndex from)
{
    for (CFIndex i = from; array && i < array->count; i++) {
        X509 *certificate = decode(((Object **)array->payload)[i]);
        if (certificate)
            sk_X509_push(certificates, certificate);
    }
}

static void add_all(X509_STORE *store, const Object *array)
{
    STACK_OF(X509) *certificates = sk_X509_new_null();
    push_all(certificates, array, 0);
    for (int i = 0; i < sk_X509_num(certificates); i++)
        X509_STORE_add_cert(store, sk_X509_value(certificates, i));
    sk_X509_pop_free(certificates, X509_free);
}

static void check_host(Findings *findings, X509 *leaf, const Object *hostname)
{
    char name[512];
    size_t length = hostname->size / 2;
    if (length >= sizeof name) {
        find(findings, errSecHostNameMismatch);
        return;
    }
    for (size_t i = 0; i < length; i++)
        name[i] = (char)((uint16_t *)hostname->payload)[i];
    name[length] = 0;
    bool matches = X509_check_host(leaf, name, length, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS, NULL) == 1 || X509_check_ip_asc(leaf, name, 0) == 1;
    if (!matches)
        find(findings, errSecHostNameMismatch);
}

static void check_policies(Findings *findings, const Object *trust, X509 *leaf)
{
    const Object *policies = trust->parts[POLICIES];
    for (CFIndex i = 0; i < policies->count; i++) {
        const Object *policy = ((Object **)policies->payload)[i];
        if (policy->flags[IS_REVOCATION]) {
            /* 0: nothing is known; 1: good; 2: revoked. Asked for without network, only what is known already counts. */
            int64_t status = standin_setting("RevocationStatus");
            bool reachable = trust->flags[FETCH_ALLOWED] && !((CFOptionFlags)policy->number & 16);
            if (reachable && status == 2)
                find(findings, errSecCertificateRevoked);
            else if ((!reachable || status == 0) && ((CFOptionFlags)policy->number & 8))
                find(findings, errSecIncompleteCertRevocationCheck);
        } else if (policy->parts[0]) {
            check_host(findings, leaf, policy->parts[0]);
        }
    }
}

static void check_times(Findings *findings, STACK_OF(X509) *chain, time_t at)
{
    for (int i = 0; i < sk_X509_num(chain); i++)
        if (ASN1_TIME_cmp_time_t(X509_get0_notBefore(sk_X509_value(chain, i)), at) > 0 || ASN1_TIME_cmp_time_t(X509_get0_notAfter(sk_X509_value(chain, i)), at) < 0)
            find(findings, errSecCertificateExpired);
}

static Object *copy_chain(STACK_OF(X509) *chain)
{
    int count = sk_X509_num(chain);
    Object **elements = malloc(((size_t)count + 1) * sizeof *elements);
    for (int i = 0; i < count; i++) {
        unsigned char *der = NULL;
        int size = i2d_X509(sk_X509_value(chain, i), &der);
        elements[i] = standin_new_bytes(TYPE_CERTIFICATE, der, (size_t)size);
        OPENSSL_free(der);
    }
    Object *array = standin_new_array(elements, count);
    for (int i = 0; i < count; i++)
        standin_release(elements[i]);
    free(elements);
    return array;
}

/* Evaluates, and gives the chain that was built. */
static OSStatus evaluate(const Object *trust, Object **built)
{
    Findings findings = { 0, false };
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    STACK_OF(X509) *others = sk_X509_new_null();
    X509 *leaf = decode(((Object **)trust->parts[CERTIFICATES]->payload)[0]);
    const Object *policy = ((Object **)trust->parts[POLICIES]->payload)[0];

    add_all(store, trust->parts[ANCHORS]);
    if (!trust->flags[ANCHORS_ONLY])
        add_all(store, standin_list(LIST_SYSTEM_ANCHORS));
    push_all(others, trust->parts[CERTIFICATES], 1);
    X509_STORE_CTX_init(context, store, leaf, others);
    X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_NO_CHECK_TIME);
    X509_VERIFY_PARAM_set_purpose(parameters, policy->flags[IS_SERVER] ? X509_PURPOSE_SSL_SERVER : X509_PURPOSE_SSL_CLIENT);
    X509_VERIFY_PARAM_set_auth_level(parameters, 2);
    X509_STORE_CTX_set_app_data(context, &findings);
    X509_STORE_CTX_set_verify_cb(context, note);
    X509_verify_cert(context);

    STACK_OF(X509) *chain = X509_STORE_CTX_get1_chain(context);
    if (findings.is_forged) {
        /* SecTrust drops paths with such signatures: what is left is the certificate itself, whose issuer is missing. */
        while (sk_X509_num(chain) > 1)
            X509_free(sk_X509_pop(chain));
        findings.code = errSecCreateChainFailed;
    }
    check_times(&findings, chain, (time_t)(trust->parts[VERIFY_DATE]->number + s_epoch));
    check_policies(&findings, trust, leaf);
    *built = copy_chain(chain);

    sk_X509_pop_free(chain, X509_free);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    sk_X509_pop_free(others, X509_free);
    X509_free(leaf);
    return findings.code;
}

static Object *new_error(OSStatus code)
{
    Object *error = standin_new(TYPE_ERROR);
    char words[80];
    snprintf(words, sizeof words, "The stand-in does not trust the certificate (%d).", code);
    error->number = code;
    error->parts[0] = standin_new_text(standin_setting("ErrorDomain") ? "NSPOSIXErrorDomain" : "NSOSStatusErrorDomain");
    error->parts[1] = standin_setting("ErrorWithoutDescription") ? NULL : standin_description() ? standin_retain(standin_description()) : standin_new_text(words);
    return error;
}

EXPORT bool SecTrustEvaluateWithError(CFTypeRef trust, CFTypeRef *error)
{
    Fault fault = standin_enter("SecTrustEvaluateWithError");
    if (!standin_is(trust, TYPE_TRUST, "SecTrustEvaluateWithError"))
        return false;
    if (!((Object *)trust)->parts[VERIFY_DATE]) {
        standin_misuse((Object *)trust, "SecTrustEvaluateWithError", "was called without a date");
        return false;
    }
    Object *chain;
    OSStatus code = evaluate(trust, &chain);
    if (((Object *)trust)->number != 0)
        standin_misuse((Object *)trust, "SecTrustEvaluateWithError", "was called twice");
    ((Object *)trust)->number = 1;
    /* The chain takes the place of the certificates, which are not needed any more. */
    set_part((Object *)trust, CERTIFICATES, chain);
    standin_release(chain);
    if (fault.fails)
        code = (OSStatus)fault.value;
    if (standin_setting("ErrorWithTrust"))
        *error = new_error(errSecNotTrusted);
    else
        *error = code == 0 || standin_setting("NoError") ? NULL : new_error(code);
    return code == 0;
}

EXPORT CFTypeRef SecTrustCopyCertificateChain(CFTypeRef trust)
{
    Fault fault = standin_enter("SecTrustCopyCertificateChain");
    if (!standin_is(trust, TYPE_TRUST, "SecTrustCopyCertificateChain") || fault.fails)
        return NULL;
    return standin_retain(((Object *)trust)->parts[CERTIFICATES]);
}

EXPORT CFTypeRef SecCopyErrorMessageString(OSStatus status, void *reserved)
{
    Fault fault = standin_enter("SecCopyErrorMessageString");
    if (reserved)
        standin_misuse(NULL, "SecCopyErrorMessageString", "was given something for its reserved argument");
    if (fault.fails)
        return NULL;
    char words[80];
    snprintf(words, sizeof words, "Status %d of the stand-in", status);
    return standin_new_text(words);
}

/* ---- Anchors and trust settings. ---- */

/* A certificate to be put into a list; settings, an array or NULL for none, become its part. Takes the reference over. */
EXPORT Object *StandIn_Certificate(const uint8_t *der, int64_t size, Object *settings)
{
    Object *certificate = standin_new_bytes(TYPE_CERTIFICATE, der, (size_t)size);
    certificate->parts[0] = settings;
    return certificate;
}

EXPORT OSStatus SecTrustCopyAnchorCertificates(CFTypeRef *anchors)
{
    Fault fault = standin_enter("SecTrustCopyAnchorCertificates");
    Object *list = standin_list(LIST_SYSTEM_ANCHORS);
    if (fault.fails || !list)
        return fault.fails ? (OSStatus)fault.value : errSecNoTrustSettings;
    *anchors = standin_retain(list);
    return errSecSuccess;
}

EXPORT OSStatus SecTrustSettingsCopyCertificates(uint32_t domain, CFTypeRef *certificates)
{
    Fault fault = standin_enter("SecTrustSettingsCopyCertificates");
    if (domain > 2) {
        standin_misuse(NULL, "SecTrustSettingsCopyCertificates", "was given no domain");
        return errSecParam;
    }
    Object *list = standin_list(LIST_USER + (int)domain);
    if (fault.fails || !list)
        return fault.fails ? (OSStatus)fault.value : errSecNoTrustSettings;
    *certificates = standin_retain(list);
    return errSecSuccess;
}

EXPORT OSStatus SecTrustSettingsCopyTrustSettings(CFTypeRef certificate, uint32_t domain, CFTypeRef *settings)
{
    Fault fault = standin_enter("SecTrustSettingsCopyTrustSettings");
    if (!standin_is(certificate, TYPE_CERTIFICATE, "SecTrustSettingsCopyTrustSettings") || domain > 2)
        return errSecParam;
    if (fault.fails)
        return (OSStatus)fault.value;
    const Object *wanted = certificate, *list = standin_list(LIST_USER + (int)domain);
    for (CFIndex i = 0; list && i < list->count; i++) {
        const Object *entry = ((Object **)list->payload)[i];
        if (entry->size == wanted->size && memcmp(entry->payload, wanted->payload, wanted->size) == 0 && entry->parts[0]) {
            *settings = standin_retain(entry->parts[0]);
            return errSecSuccess;
        }
    }
    return errSecItemNotFound;
}
