using System.Security.Cryptography;
using Truststore.Certificates;

namespace Truststore.Platform.Linux;

/// <summary>Holds the current snapshot of the system's anchors.</summary>
internal sealed class SystemAnchorSource
{
    private static readonly Lazy<SystemAnchorSource> s_default = new(() => new SystemAnchorSource("/etc/ssl/certs/ca-certificates.crt"));

    internal SystemAnchorSource(string bundle)
    {
        var entries = new List<AnchorEntry>();
        ReadOnlySpan<char> text = File.ReadAllText(bundle);
        while (PemEncoding.TryFind(text, out var fields))
        {
            var der = Convert.FromBase64String(text[fields.Base64Data].ToString());
            entries.Add(new AnchorEntry(der, CertificateEnvelope.PeekSubject(der), null, null));
            text = text[fields.Location.End..];
        }

        Current = new AnchorIndex(entries);
    }

    internal static SystemAnchorSource Default => s_default.Value;

    internal AnchorIndex Current { get; }
}
