using System.Collections.ObjectModel;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Truststore.Certificates;

namespace Truststore.Identity;

/// <summary>Makes what SslStream takes, with exactly the certificates that are given.</summary>
/// <remarks>
/// SslStreamCertificateContext.Create builds a chain of its own, in which certificates of the system's store take the
/// place of given ones, and roots and cross-signed ones are lost. Where it does so, its constructor takes them as they
/// are. The constructor is private, and no public way keeps a root: where it is missing or does something else, loading
/// fails, since a chain that is not the file's is noticed only by some of those who connect.
/// </remarks>
internal static class ExactChain
{
    /// <exception cref="PlatformNotSupportedException">This version of .NET cannot present the chain.</exception>
    internal static SslStreamCertificateContext CreateContext(X509Certificate2 certificate, X509Certificate2[] intermediates) =>
        CreateContext(certificate, intermediates, Construct);

    /// <summary>The same on a version of .NET that constructs in another way.</summary>
    internal static SslStreamCertificateContext CreateContext(
        X509Certificate2 certificate,
        X509Certificate2[] intermediates,
        Func<X509Certificate2, X509Certificate2[], SslStreamCertificateContext> construct)
    {
        var built = SslStreamCertificateContext.Create(certificate, [.. intermediates], offline: true);
        if (HasExactly(built, certificate, intermediates))
        {
            return built;
        }

        try
        {
            var constructed = construct(certificate, intermediates);
            return HasExactly(constructed, certificate, intermediates)
                ? constructed
                : throw CannotPresent(certificate, intermediates, constructed, cause: null);
        }
        catch (MissingMethodException error)
        {
            throw CannotPresent(certificate, intermediates, built, error);
        }
    }

    private static SslStreamCertificateContext Construct(X509Certificate2 certificate, X509Certificate2[] intermediates) =>
        NewContext(certificate, new ReadOnlyCollection<X509Certificate2>(intermediates), trust: null);

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SslStreamCertificateContext NewContext(
        X509Certificate2 target, ReadOnlyCollection<X509Certificate2> intermediates, SslCertificateTrust? trust);

    private static bool HasExactly(SslStreamCertificateContext context, X509Certificate2 certificate, X509Certificate2[] intermediates) =>
        context.TargetCertificate.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)
        && context.IntermediateCertificates.Select(c => c.RawDataMemory)
            .SequenceEqual(intermediates.Select(c => c.RawDataMemory), OctetsComparer.Instance);

    private static PlatformNotSupportedException CannotPresent(
        X509Certificate2 certificate, X509Certificate2[] intermediates, SslStreamCertificateContext instead, Exception? cause) => new(
            $"The certificate chain {Describe([certificate, .. intermediates])} cannot be presented as it is on this version of .NET "
            + $"({Environment.Version}), which would send "
            + $"{Describe([instead.TargetCertificate, .. instead.IntermediateCertificates])} instead. "
            + "Load only the certificates that it would send, in this order (peers need no root), or use a version of .NET that Truststore "
            + "supports. Nothing was loaded.",
            cause);

    // Certificates of one subject differ in their hashes.
    private static string Describe(IEnumerable<X509Certificate2> chain) =>
        string.Join(" > ", chain.Select(c => $"{c.Subject} ({c.GetCertHashString(HashAlgorithmName.SHA256)[..8]})"));
}
