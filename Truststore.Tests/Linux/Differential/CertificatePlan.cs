using System.Security.Cryptography.X509Certificates;
using Truststore.Cli.Demo;

namespace Truststore.Tests.Linux.Differential;

/// <summary>One certificate of a chain that is to be generated.</summary>
internal sealed class CertificatePlan(CertificateSpec spec, int keySlot)
{
    internal CertificateSpec Spec { get; set; } = spec;

    /// <summary>Which key of its kind the certificate has; see <see cref="KeyRing"/>.</summary>
    internal int KeySlot { get; set; } = keySlot;

    /// <summary>Whether a key that is not the issuer's signs in the issuer's name.</summary>
    internal bool IsSignedByStranger { get; set; }

    /// <summary>Changes that are made before it is signed.</summary>
    internal List<Action<TbsFields>> Edits { get; } = [];

    /// <summary>A change that is made when it has been signed.</summary>
    internal Func<byte[], byte[]>? Damage { get; set; }

    /// <summary>Adds an extension, in place of one that is there already.</summary>
    internal void Set(X509Extension extension) =>
        Spec = Spec with { ExtraExtensions = [.. Spec.ExtraExtensions.Where(e => !string.Equals(e.Oid!.Value, extension.Oid!.Value, StringComparison.Ordinal)), extension] };

    /// <summary>As <see cref="Set"/>, for values that .NET cannot decode.</summary>
    internal void SetRaw(X509Extension extension) => Edits.Add(fields =>
    {
        fields.Remove(extension.Oid!.Value!);
        fields.Append(extension);
    });
}
