using System.Security.Cryptography;
using System.Text;

namespace Truststore.Trust;

/// <summary>Reads trust anchors and revocation lists. All or nothing: the first thing that does not belong there ends it.</summary>
internal static class TrustDataLoader
{
    internal static void LoadFile(string path, TrustData into) => LoadBytes(File.ReadAllBytes(path), path, into);

    internal static void LoadDirectory(string path, TrustData into)
    {
        foreach (var file in Directory.EnumerateFiles(path))
        {
            LoadFile(file, into);
        }
    }

    internal static void LoadText(string text, TrustData into) => LoadBytes(Encoding.UTF8.GetBytes(text), "caData", into);

    internal static void LoadBytes(ReadOnlySpan<byte> data, string source, TrustData into)
    {
        if (data.Length > 0 && data[0] == 0x30)
        {
            into.Anchors.Add(new TrustAnchor(CertificateInfo.Parse(data)));
            return;
        }

        ReadOnlySpan<char> text = Encoding.UTF8.GetString(data);
        while (PemEncoding.TryFind(text, out var fields))
        {
            var der = Convert.FromBase64String(text[fields.Base64Data].ToString());
            into.Anchors.Add(new TrustAnchor(CertificateInfo.ParseOwned(der)));
            text = text[fields.Location.End..];
        }
    }
}
