using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Truststore.Tests.Core;

/// <summary>
/// A field of more than one machine word is not read and written at once: a thread that reads it while another writes
/// gets half of each value, such as the array of one and the length of the other. Objects that threads share have such
/// fields only where their constructor alone writes them; what is filled in later is behind a reference.
/// </summary>
internal sealed class SharedStateTests
{
    private static readonly Assembly[] s_assemblies =
    [
        typeof(TlsContext).Assembly,
        typeof(SystemTrust).Assembly,
        typeof(Truststore.Platform.Linux.LinuxChainVerifier).Assembly,
        typeof(Truststore.Platform.MacOS.MacOSChainVerifier).Assembly,
        typeof(Truststore.Platform.Windows.WindowsChainVerifier).Assembly,
        typeof(Microsoft.Extensions.DependencyInjection.TruststoreHttpExtensions).Assembly,
        typeof(Microsoft.AspNetCore.Hosting.TruststoreListenOptionsExtensions).Assembly,
    ];

    /// <summary>
    /// Types that one thread uses at a time, and fields of others that nothing writes while another thread may read, or
    /// that are read and written by Volatile and Interlocked; and why.
    /// </summary>
    private static readonly Dictionary<string, string> s_exceptions = new(StringComparer.Ordinal)
    {
        ["Truststore.MemoryBio"] = "not thread-safe, as its documentation says",
        ["Truststore.TlsObject"] = "not thread-safe, as its documentation says",
        ["Truststore.Streams.BioStream"] = "part of a TlsObject",
        ["Truststore.Policy.PolicyContext"] = "one verification",
        ["Truststore.Certificates.RevocationListReader"] = "one reading",
        ["Truststore.Platform.Linux.IssuerPool"] = "one verification",
        ["Truststore.Platform.Linux.PathSearch"] = "one verification",
        ["Truststore.TlsContext.MaxVerdictAge"] = "not written once the context is read-only",
        ["Truststore.Verdict._from"] = "written by the constructor",
        ["Truststore.Verdict._until"] = "written by the constructor",
        ["Truststore.TlsContext._revocationLists"] = "one reference, and not written once the context is read-only",
        ["Truststore.CachingChainVerifier._size"] = "by Interlocked",
        ["Truststore.CachingChainVerifier._sweptAt"] = "by Interlocked",
        ["Truststore.CachingChainVerifier._sweptGeneration"] = "by Interlocked",
        ["Truststore.Platform.Linux.IssuerCache._size"] = "by Interlocked",
        ["Truststore.Certificates.DecodedExtensions.KeyUsage"] = "written by the constructor",
        ["Truststore.Certificates.DecodedExtensions.SubjectKeyIdentifier"] = "written by the constructor",
        ["Truststore.Certificates.PolicyExtensions.InhibitAnyPolicy"] = "written by the constructor",
        ["Truststore.Platform.Linux.SystemAnchorSource._lastCheck"] = "by Volatile and Interlocked",
        ["Truststore.Platform.Linux.SystemAnchorSource._checkStart"] = "by Volatile and Interlocked",
        ["Truststore.Platform.Windows.Anchors.TrustStoreMonitor._generation"] = "by Interlocked",
        ["Truststore.Platform.Windows.Anchors.TrustStoreMonitor._nextReading"] = "by Volatile",
    };

    [Test]
    public void Fields_OfMoreThanOneWord_AreWrittenOnceOrKnown()
    {
        const BindingFlags All =
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var wide = s_assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsValueType && !IsGenerated(type))
            .SelectMany(type => type.GetFields(All))
            .Where(field => field is { IsInitOnly: false, IsLiteral: false } && IsWide(field.FieldType))
            .ToList();

        Assert.That(wide.Select(NameOf), Does.Contain("Truststore.TlsContext.MaxVerdictAge"), "The search finds nothing.");
        var unknown = wide.Where(field => !s_exceptions.ContainsKey(TypeNameOf(field)) && !s_exceptions.ContainsKey(NameOf(field)));
        Assert.That(unknown.Select(NameOf), Is.Empty);
    }

    /// <summary>What the compiler makes of lambdas and asynchronous methods.</summary>
    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || (type.DeclaringType is { } outer && IsGenerated(outer));

    /// <summary>Wider than a word of a 32-bit processor. References and enumerations are not.</summary>
    private static bool IsWide(Type type) => type is { IsValueType: true, IsEnum: false }
        && type != typeof(nint) && type != typeof(nuint)
        && (!type.IsPrimitive || Marshal.SizeOf(type) > sizeof(int));

    private static string TypeNameOf(FieldInfo field) => field.DeclaringType!.FullName!.Replace('+', '.');

    private static string NameOf(FieldInfo field)
    {
        var isProperty = field.Name.StartsWith('<');
        return $"{TypeNameOf(field)}.{(isProperty ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name)}";
    }
}
