using System.Runtime.InteropServices;
using System.Text;

namespace Truststore.Platform.MacOS.Interop;

/// <summary>Copies what CoreFoundation objects hold.</summary>
internal static class CFReader
{
    private const byte LossByte = (byte)'?';

    /// <summary>The text of a CFString, of any length. Characters that UTF-8 has not (lone surrogates) become question marks.</summary>
    /// <remarks>Copies always: the pointer that CFStringGetCStringPtr gives is NULL for most strings, and ends at a null character in others.</remarks>
    /// <returns>The text; null where CoreFoundation does not give it.</returns>
    internal static string? ReadString(SafeCFHandle text)
    {
        var all = new CFRange(0, CoreFoundation.CFStringGetLength(text));
        if (all.Length < 0 || CoreFoundation.CFStringGetBytes(text, all, CoreFoundation.Utf8, LossByte, isExternalRepresentation: 0, [], 0, out var length) != all.Length || length < 0 || length > Array.MaxLength)
        {
            return null;
        }

        var buffer = new byte[length];
        return CoreFoundation.CFStringGetBytes(text, all, CoreFoundation.Utf8, LossByte, isExternalRepresentation: 0, buffer, length, out var used) == all.Length && used >= 0 && used <= length
            ? Encoding.UTF8.GetString(buffer, 0, (int)used)
            : null;
    }

    /// <summary>The bytes of a CFData.</summary>
    /// <exception cref="NativeCallException">CoreFoundation does not give them.</exception>
    internal static byte[] ReadData(SafeCFHandle data)
    {
        var length = CoreFoundation.CFDataGetLength(data);
        if (length < 0 || length > Array.MaxLength)
        {
            throw new NativeCallException(nameof(CoreFoundation.CFDataGetLength), $"returned {length}.");
        }

        var source = CoreFoundation.CFDataGetBytePtr(data);
        if (source == 0 && length > 0)
        {
            throw new NativeCallException(nameof(CoreFoundation.CFDataGetBytePtr), "returned NULL.");
        }

        var bytes = new byte[length];
        if (length > 0)
        {
            Marshal.Copy(source, bytes, 0, bytes.Length);
        }

        GC.KeepAlive(data);
        return bytes;
    }

    /// <summary>The encoding of a certificate.</summary>
    /// <exception cref="NativeCallException">Security does not give it.</exception>
    internal static byte[] ReadCertificate(SafeCFHandle certificate)
    {
        using var scope = new CFScope();
        return ReadData(scope.Own(SecurityFramework.SecCertificateCopyData(certificate), nameof(SecurityFramework.SecCertificateCopyData)));
    }

    /// <summary>What an OSStatus means, in words, with the number.</summary>
    internal static string DescribeStatus(int status)
    {
        using var text = SecurityFramework.SecCopyErrorMessageString(status, 0);
        var words = text.IsInvalid ? null : ReadString(text);
        return string.IsNullOrEmpty(words) ? $"OSStatus {status}" : $"{words} (OSStatus {status})";
    }

    /// <summary>Fails where a function did not return errSecSuccess.</summary>
    /// <exception cref="NativeCallException">It did not.</exception>
    internal static void Check(int status, string function)
    {
        if (status != 0)
        {
            throw new NativeCallException(function, $"failed: {DescribeStatus(status)}", status);
        }
    }
}
