using System.Formats.Asn1;
using Truststore.Platform.Windows.Interop;

namespace Truststore.Platform.Windows.Anchors;

/// <summary>One look at the stores: what the roots are, without those that are distrusted.</summary>
internal sealed class StoreReading
{
    private readonly ICryptoApi _api;
    private readonly HashSet<CertificateInfo> _seen = [];
    private readonly List<TrustAnchor> _anchors = [];
    private readonly List<SystemAnchorsSource> _tried = [];

    /// <exception cref="SystemAnchorsNotFoundException">There is none.</exception>
    internal StoreReading(ICryptoApi api)
    {
        _api = api;
        foreach (var store in AnchorStores.All)
        {
            Read(store);
        }

        if (_anchors.Count == 0)
        {
            var places = string.Join("; ", _tried.Select(t => $"{t.Location}: {t.Remark}"));
            throw new SystemAnchorsNotFoundException($"Windows has no trust anchors. {places}. Look at the Trusted Root Certification Authorities in certmgr.msc, or leave the system's anchors out (UseSystemAnchors = false) and add your own.", _tried);
        }
    }

    /// <summary>The anchors in the order of their source.</summary>
    internal IReadOnlyList<TrustAnchor> Anchors => _anchors;

    /// <summary>Every store that was looked at.</summary>
    internal IReadOnlyList<SystemAnchorsSource> Tried => _tried;

    private void Read(SystemStore name)
    {
        int certificates = 0, malformed = 0, added = 0;
        try
        {
            using var store = StoreReader.OpenSystemStore(_api, name);
            StoreReader.ForEach(_api, store, context =>
            {
                certificates++;
                try
                {
                    added += Take(name, CertificateInfo.Parse(StoreReader.ReadEncoded(context)), context) ? 1 : 0;
                }
                catch (CertificateFormatException)
                {
                    malformed++;
                }
            });
            _tried.Add(new SystemAnchorsSource(name.ToString(), added, Describe(name, certificates, malformed, added)));
        }
        catch (NativeCallException error)
        {
            _tried.Add(new SystemAnchorsSource(name.ToString(), added, error.Message));
        }
    }

    /// <summary>Whether a certificate is one more anchor.</summary>
    private bool Take(SystemStore name, CertificateInfo certificate, nint context)
    {
        var isRoot = string.Equals(name.Name, AnchorStores.Root, StringComparison.Ordinal);
        if (!isRoot && !string.Equals(name.Name, AnchorStores.Disallowed, StringComparison.Ordinal))
        {
            return false;
        }

        if (!_seen.Add(certificate) || !isRoot)
        {
            return false;
        }

        _anchors.Add(new TrustAnchor(certificate, ReadUsages(context)));
        return true;
    }

    /// <summary>The usages that a property of the root restricts it to (CERT_ENHKEY_USAGE_PROP_ID).</summary>
    private List<string>? ReadUsages(nint context)
    {
        if (_api.CertGetCertificateContextProperty(context, AnchorStores.UsageProperty) is not { } encoded)
        {
            return null;
        }

        var usages = new List<string>();
        try
        {
            var reader = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
            while (reader.HasData)
            {
                usages.Add(reader.ReadObjectIdentifier());
            }
        }
        catch (AsnContentException)
        {
            // Nobody knows what the root is trusted for: for what was readable at most.
        }

        return usages;
    }

    private static string Describe(SystemStore name, int certificates, int malformed, int added) => name.Name switch
    {
        AnchorStores.Disallowed => $"{certificates} distrusted certificates",
        AnchorStores.Root => $"{certificates} certificates, {certificates - added - malformed} of them distrusted or counted before{(malformed > 0 ? $", {malformed} cannot be decoded" : "")}",
        _ => $"{certificates} intermediate certificates, which are no anchors",
    };
}
