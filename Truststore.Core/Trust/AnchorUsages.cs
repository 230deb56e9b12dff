using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Truststore.Certificates;

namespace Truststore.Trust;

/// <summary>
/// What a trust store says of a certificate: the extended key usages that it is trusted for and those that it is
/// distrusted for. Immutable.
/// </summary>
internal sealed class AnchorUsages
{
    private AnchorUsages(IReadOnlyList<string>? trusted, IReadOnlyList<string> rejected)
    {
        Trusted = trusted;
        Rejected = rejected;
    }

    /// <summary>Trusted for everything, as a plain certificate is.</summary>
    internal static AnchorUsages Unrestricted { get; } = new(null, []);

    /// <summary>The usages that the certificate is trusted for, or null for all.</summary>
    internal IReadOnlyList<string>? Trusted { get; }

    /// <summary>The usages that the certificate is distrusted for.</summary>
    internal IReadOnlyList<string> Rejected { get; }

    /// <summary>Whether the certificate is distrusted for some usage.</summary>
    internal bool IsRejecting => Rejected.Count > 0;

    /// <summary>
    /// Makes usages of copies of two lists, so that a caller who changes a list later changes no anchor.
    /// </summary>
    /// <exception cref="ArgumentException">A usage is null.</exception>
    internal static AnchorUsages Of(IReadOnlyList<string>? trustedUsages, IReadOnlyList<string>? rejectedUsages)
    {
        if (trustedUsages is null && rejectedUsages is null or { Count: 0 })
        {
            return Unrestricted;
        }

        return new AnchorUsages(
            trustedUsages is null ? null : Copy(trustedUsages, nameof(trustedUsages)),
            rejectedUsages is null ? [] : Copy(rejectedUsages, nameof(rejectedUsages)));
    }

    internal bool IsTrustedFor(PeerPurpose purpose) => !IsRejectedFor(purpose) && (Trusted is null || Lists(Trusted, purpose));

    internal bool IsRejectedFor(PeerPurpose purpose) => Lists(Rejected, purpose);

    /// <summary>
    /// Merges two statements about one certificate, in whichever order: it is distrusted for what either rejects and
    /// trusted for what both trust. A statement can only narrow another one, never widen it.
    /// </summary>
    internal AnchorUsages MergeWith(AnchorUsages other)
    {
        if (ReferenceEquals(this, other) || IsSameAs(other))
        {
            return this;
        }

        return new AnchorUsages(Intersect(Trusted, other.Trusted), Unite(Rejected, other.Rejected));
    }

    internal bool IsSameAs(AnchorUsages other) =>
        Trusted is null == other.Trusted is null && IsSame(Trusted ?? [], other.Trusted ?? []) && IsSame(Rejected, other.Rejected);

    /// <summary>
    /// Adds the usages to a hash. Different usages never add the same octets: each list begins with its count (-1 for
    /// no list) and each usage with its length.
    /// </summary>
    internal void AppendTo(IncrementalHash hash)
    {
        Append(hash, Trusted);
        Append(hash, Rejected);
    }

    private static void Append(IncrementalHash hash, IReadOnlyList<string>? usages)
    {
        hash.AppendNumber(usages?.Count ?? -1);
        for (var i = 0; i < usages?.Count; i++)
        {
            // The characters themselves: text that is not well-formed would be the same in UTF-8.
            hash.AppendField(MemoryMarshal.AsBytes(usages[i].AsSpan()));
        }
    }

    private static IReadOnlyList<string> Copy(IReadOnlyList<string> usages, string parameter)
    {
        string[] copy = [.. usages];
        if (Array.Exists(copy, usage => usage is null))
        {
            throw new ArgumentException("A usage is null.", parameter);
        }

        return Array.AsReadOnly(copy);
    }

    private static IReadOnlyList<string>? Intersect(IReadOnlyList<string>? one, IReadOnlyList<string>? other)
    {
        // anyExtendedKeyUsage stands for what the other list has.
        if (one is null || other is null || Contains(one, ExtensionOids.AnyExtendedKeyUsage))
        {
            return other ?? one;
        }

        return Contains(other, ExtensionOids.AnyExtendedKeyUsage) ? one : [.. one.Where(usage => Contains(other, usage))];
    }

    private static IReadOnlyList<string> Unite(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        [.. one, .. other.Where(usage => !Contains(one, usage))];

    private static bool Lists(IReadOnlyList<string> usages, PeerPurpose purpose) =>
        usages.Count > 0 && (Contains(usages, ExtensionOids.Of(purpose)) || Contains(usages, ExtensionOids.AnyExtendedKeyUsage));

    private static bool Contains(IReadOnlyList<string> usages, string wanted)
    {
        for (var i = 0; i < usages.Count; i++)
        {
            if (string.Equals(usages[i], wanted, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSame(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < one.Count; i++)
        {
            if (!string.Equals(one[i], other[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
