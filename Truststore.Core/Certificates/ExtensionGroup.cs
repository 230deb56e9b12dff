using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>Extensions that are decoded together, and what of them could not be.</summary>
internal abstract class ExtensionGroup
{
    /// <summary>How many values in DER an extension may consist of, those with names aside, which have limits of their own. Real ones stay below 100.</summary>
    internal const int MaxValues = 1024;

    private static readonly Dictionary<string, string> s_none = [];

    private Dictionary<string, string>? _errors;

    /// <summary>What could not be decoded: object identifier to what is wrong.</summary>
    internal IReadOnlyDictionary<string, string> Errors => _errors ?? s_none;

    /// <summary>Decodes the extensions of the group. Total: what cannot be decoded becomes an error.</summary>
    /// <param name="extensions">All extensions of the certificate.</param>
    protected void DecodeAll(IReadOnlyList<CertificateExtension> extensions)
    {
        for (var i = 0; i < extensions.Count; i++)
        {
            var extension = extensions[i];
            if (!Contains(extension.Oid))
            {
                continue;
            }

            if (IsRepeated(extensions, i))
            {
                AddError(extension.Oid, "it is present twice (RFC 5280 §4.2)");
                continue;
            }

            try
            {
                DerValidator.Validate(extension.Value.Span, HoldsNames(extension.Oid) ? int.MaxValue : MaxValues);
                Decode(extension);
            }
            catch (Exception error) when (IsDecodingError(error))
            {
                AddError(extension.Oid, SafeText.Show(error.Message.TrimEnd('.')));
            }
        }
    }

    /// <summary>Whether an extension belongs to the group.</summary>
    protected abstract bool Contains(string oid);

    /// <summary>Decodes one extension, whose value is known to be DER.</summary>
    protected abstract void Decode(CertificateExtension extension);

    /// <summary>Whether an exception says that a value is malformed.</summary>
    protected virtual bool IsDecodingError(Exception error) => error is AsnContentException;

    private static bool HoldsNames(string oid) => oid is ExtensionOids.SubjectAlternativeName or ExtensionOids.NameConstraints;

    private void AddError(string oid, string error) => (_errors ??= new Dictionary<string, string>(StringComparer.Ordinal)).TryAdd(oid, error);

    private static bool IsRepeated(IReadOnlyList<CertificateExtension> extensions, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (string.Equals(extensions[i].Oid, extensions[index].Oid, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
