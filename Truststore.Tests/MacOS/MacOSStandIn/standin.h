/*
 * A stand-in for the parts of CoreFoundation and Security that the macOS verifier calls, for testing its interop where there is no Mac. Names and types are those of Apple's
 * headers. Objects follow CoreFoundation's ownership rules and never go away: one that has been released too often, or is used after its last release, is found out.
 */
#ifndef STANDIN_H
#define STANDIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))

typedef const void *CFTypeRef;
typedef long CFIndex;
typedef unsigned long CFTypeID;
typedef unsigned long CFOptionFlags;
typedef unsigned char Boolean;
typedef int32_t OSStatus;
typedef uint32_t CFStringEncoding;
typedef double CFAbsoluteTime;
typedef struct { CFIndex location; CFIndex length; } CFRange;

enum {
    TYPE_DATA = 101, TYPE_STRING, TYPE_ARRAY, TYPE_DATE, TYPE_ERROR, TYPE_DICTIONARY, TYPE_NUMBER,
    TYPE_CERTIFICATE = 201, TYPE_POLICY, TYPE_TRUST
};

enum {
    errSecSuccess = 0, errSecParam = -50, errSecCreateChainFailed = -25318, errSecNoTrustSettings = -25263, errSecItemNotFound = -25300,
    errSecHostNameMismatch = -67602, errSecUnknownCriticalExtensionFlag = -67603, errSecNoBasicConstraintsCA = -67605, errSecInvalidKeyUsageForPolicy = -67608,
    errSecInvalidExtendedKeyUsage = -67609, errSecPathLengthConstraintExceeded = -67611, errSecIncompleteCertRevocationCheck = -67635, errSecInvalidName = -67689,
    errSecInvalidCertificateRef = -67690, errSecUnsupportedKeySize = -67735, errSecInvalidDigestAlgorithm = -67815, errSecCertificateExpired = -67818,
    errSecCertificateRevoked = -67820, errSecNotTrusted = -67843
};

/* What one thread's test has asked for, and what has become of the objects that it made. */
typedef struct ThreadState ThreadState;

typedef struct Object {
    CFTypeID type;
    long references;
    ThreadState *owner;
    size_t size;                       /* of the payload, in bytes */
    void *payload;                     /* bytes, UTF-16 units, or elements */
    CFIndex count;                     /* of elements */
    double number;                     /* a date, a number, an error's code, or the flags of a policy */
    struct Object *parts[4];           /* owned: an error's domain and description; a policy's host name; what a trust object was given */
    bool flags[4];
} Object;

/* A call that is to go wrong. */
typedef struct { bool fails; int64_t value; } Fault;

/* Enters a function: counts the call, and says whether it is to fail. */
Fault standin_enter(const char *function);

/* Notes a misuse; the test that owns the object (or this thread) fails. */
void standin_misuse(Object *object, const char *function, const char *problem);

/* Whether a live object of a type was given; notes a misuse where not. */
bool standin_is(CFTypeRef given, CFTypeID type, const char *function);

Object *standin_new(CFTypeID type);
Object *standin_new_bytes(CFTypeID type, const void *bytes, size_t size);
Object *standin_new_text(const char *utf8);
Object *standin_new_array(Object *const *elements, CFIndex count);
Object *standin_retain(Object *object);
void standin_release(Object *object);

/* A setting of this thread's test, by name; 0 when it has none. */
int64_t standin_setting(const char *name);

/* Objects of this thread's test that live as long as the test: what a list holds. */
enum { LIST_SYSTEM_ANCHORS, LIST_USER, LIST_ADMIN, LIST_SYSTEM, LIST_COUNT };
Object *standin_list(int list);

/* This thread's replacement for descriptions, or NULL. */
Object *standin_description(void);

#endif
