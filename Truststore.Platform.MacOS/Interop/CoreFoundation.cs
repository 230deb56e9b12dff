using System.Runtime.InteropServices;

namespace Truststore.Platform.MacOS.Interop;

/// <summary>The functions of CoreFoundation that are called. Names and types are those of Apple's headers; the lines are those of CF-1153.18.</summary>
internal static partial class CoreFoundation
{
    /// <summary>kCFStringEncodingUTF8, CFString.h:129.</summary>
    internal const uint Utf8 = 0x08000100;

    /// <summary>kCFNumberSInt32Type, CFNumber.h:53.</summary>
    internal const nint SInt32Type = 3;

    // CFBase.h:583. CFTypeRef CFRetain(CFTypeRef)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nint CFRetain(nint cf);

    // CFBase.h:586. void CFRelease(CFTypeRef)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial void CFRelease(nint cf);

    // CFBase.h:577. CFTypeID CFGetTypeID(CFTypeRef)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nuint CFGetTypeID(SafeCFHandle cf);

    // CFData.h:43. CFDataRef CFDataCreate(CFAllocatorRef, const UInt8 *, CFIndex)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial SafeCFHandle CFDataCreate(nint allocator, ReadOnlySpan<byte> bytes, nint length);

    // CFData.h:59. CFIndex CFDataGetLength(CFDataRef)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nint CFDataGetLength(SafeCFHandle data);

    // CFData.h:62. const UInt8 *CFDataGetBytePtr(CFDataRef)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nint CFDataGetBytePtr(SafeCFHandle data);

    // CFString.h:144. CFTypeID CFStringGetTypeID(void)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nuint CFStringGetTypeID();

    // CFString.h:200. CFStringRef CFStringCreateWithBytes(CFAllocatorRef, const UInt8 *, CFIndex, CFStringEncoding, Boolean)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial SafeCFHandle CFStringCreateWithBytes(nint allocator, ReadOnlySpan<byte> bytes, nint count, uint encoding, byte isExternalRepresentation);

    // CFString.h:274. CFIndex CFStringGetLength(CFStringRef)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nint CFStringGetLength(SafeCFHandle text);

    // CFString.h:335. CFIndex CFStringGetBytes(CFStringRef, CFRange, CFStringEncoding, UInt8, Boolean, UInt8 *, CFIndex, CFIndex *)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nint CFStringGetBytes(SafeCFHandle text, CFRange range, uint encoding, byte lossByte, byte isExternalRepresentation, Span<byte> buffer, nint bufferLength, out nint usedLength);

    // CFArray.h:197. CFArrayRef CFArrayCreate(CFAllocatorRef, const void **, CFIndex, const CFArrayCallBacks *)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial SafeCFHandle CFArrayCreate(nint allocator, ReadOnlySpan<nint> values, nint count, nint callbacks);

    // CFArray.h:302. CFIndex CFArrayGetCount(CFArrayRef)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nint CFArrayGetCount(SafeCFHandle array);

    // CFArray.h:362. const void *CFArrayGetValueAtIndex(CFArrayRef, CFIndex). Get rule.
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nint CFArrayGetValueAtIndex(SafeCFHandle array, nint index);

    // CFDictionary.h:217. CFTypeID CFDictionaryGetTypeID(void)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nuint CFDictionaryGetTypeID();

    // CFDictionary.h:557. Boolean CFDictionaryGetValueIfPresent(CFDictionaryRef, const void *, const void **). Get rule.
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial byte CFDictionaryGetValueIfPresent(SafeCFHandle dictionary, SafeCFHandle key, out nint value);

    // CFNumber.h:82. CFTypeID CFNumberGetTypeID(void)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nuint CFNumberGetTypeID();

    // CFNumber.h:123. Boolean CFNumberGetValue(CFNumberRef, CFNumberType, void *); CFNumberType is a CFIndex.
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial byte CFNumberGetValue(SafeCFHandle number, nint type, out int value);

    // CFDate.h:55. CFDateRef CFDateCreate(CFAllocatorRef, CFAbsoluteTime)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial SafeCFHandle CFDateCreate(nint allocator, double at);

    // CFError.h:132. CFStringRef CFErrorGetDomain(CFErrorRef). Get rule.
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nint CFErrorGetDomain(SafeCFHandle error);

    // CFError.h:141. CFIndex CFErrorGetCode(CFErrorRef)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial nint CFErrorGetCode(SafeCFHandle error);

    // CFError.h:165. CFStringRef CFErrorCopyDescription(CFErrorRef)
    [LibraryImport(Frameworks.CoreFoundation)]
    internal static partial SafeCFHandle CFErrorCopyDescription(SafeCFHandle error);
}
