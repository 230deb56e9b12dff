using System.Collections.Immutable;
using Truststore.Certificates;
using Truststore.Trust;

namespace Truststore;

/// <content>What a context trusts.</content>
public sealed partial class TlsContext
{
    /// <summary>How large a file or argument with trust data may be: 16 MiB. All public CAs together take about a quarter of 1 MiB.</summary>
    public const int MaxTrustDataSize = 16 * 1024 * 1024;

    private TrustAnchorCollection _addedAnchors = TrustAnchorCollection.Empty;
    private ImmutableArray<CertificateRevocationList> _revocationLists = [];

    /// <summary>Whether the operating system's trust anchors count. With <see langword="false"/> only those of <see cref="LoadVerifyLocations(string?, string?, string?)"/> do.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    public bool UseSystemAnchors
    {
        get;
        set
        {
            VerifyMutable();
            field = value;
        }
    }

    = true;

    /// <summary>The anchors that were added to the system's.</summary>
    public TrustAnchorCollection AddedAnchors => _addedAnchors;

    /// <summary>The certificate revocation lists that were added.</summary>
    public IReadOnlyList<CertificateRevocationList> RevocationLists => _revocationLists;

    /// <summary>Adds trust anchors and revocation lists to what the context has. Python: <c>load_verify_locations(cafile, capath, cadata)</c>.</summary>
    /// <param name="caFile">
    /// A file of PEM blocks (<c>CERTIFICATE</c>, <c>X509 CERTIFICATE</c>, <c>TRUSTED CERTIFICATE</c>, <c>X509 CRL</c>; text around them is ignored), or of certificates and CRLs in DER, one behind the other.
    /// </param>
    /// <param name="caPath">
    /// A directory: files with hashed names as <c>openssl rehash</c> makes them (<c>5ed36f99.0</c>, <c>5ed36f99.r0</c>), or, where there is none of those, all files ending in .pem, .crt, .cer and .crl.
    /// Links are followed.
    /// </param>
    /// <param name="caData">PEM blocks.</param>
    /// <exception cref="ArgumentException">Nothing is given, or a path is empty or has a null character.</exception>
    /// <exception cref="TrustDataException">
    /// A source is missing, unreadable, larger than <see cref="MaxTrustDataSize"/>, empty, or has something in it that does not belong there, such as a private key; the message names the block and its line.
    /// The context is unchanged.
    /// </exception>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    /// <remarks>
    /// <para>
    /// A <c>TRUSTED CERTIFICATE</c> (OpenSSL) keeps the usages that it is trusted or rejected for. A certificate that
    /// is added several times is one anchor: see <see cref="TrustAnchorCollection"/>. PKCS#7, PKCS#12 and keys are
    /// refused.
    /// </para>
    /// <para>Files are read here, never later. Something that has no length, such as a pipe, must come to its end within 30 seconds.</para>
    /// </remarks>
    public void LoadVerifyLocations(string? caFile = null, string? caPath = null, string? caData = null)
    {
        if (caFile is null && caPath is null && caData is null)
        {
            throw new ArgumentException("LoadVerifyLocations needs caFile, caPath or caData.", nameof(caFile));
        }

        RequirePath(caFile, nameof(caFile));
        RequirePath(caPath, nameof(caPath));
        VerifyMutable();
        var loaded = new TrustData();
        if (caFile is not null)
        {
            TrustDataLoader.LoadFile(caFile, loaded);
        }

        if (caPath is not null)
        {
            TrustDataLoader.LoadDirectory(caPath, loaded);
        }

        if (caData is not null)
        {
            TrustDataLoader.LoadText(caData, loaded);
        }

        Add(loaded, nameof(LoadVerifyLocations));
    }

    /// <summary>Adds trust anchors and revocation lists from memory. Python: <c>load_verify_locations(cadata=b"…")</c>.</summary>
    /// <param name="caData">PEM blocks, or certificates and CRLs in DER, one behind the other.</param>
    /// <exception cref="TrustDataException">The data is empty, larger than <see cref="MaxTrustDataSize"/>, or has something in it that does not belong there. The context is unchanged.</exception>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    public void LoadVerifyLocations(ReadOnlySpan<byte> caData)
    {
        VerifyMutable();
        var loaded = new TrustData();
        TrustDataLoader.LoadBytes(caData, SourceName.Data, loaded);
        Add(loaded, nameof(LoadVerifyLocations));
    }

    /// <summary>Lets the operating system's trust anchors count, as they do unless told otherwise. Python: <c>load_default_certs()</c>.</summary>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    public void LoadDefaultCertificates()
    {
        VerifyMutable();
        UseSystemAnchors = true;
    }

    /// <summary>The same as <see cref="LoadDefaultCertificates"/>: SSL_CERT_FILE and SSL_CERT_DIR are part of how the system's anchors are found. Python: <c>set_default_verify_paths()</c>.</summary>
    /// <exception cref="InvalidOperationException">The context is frozen.</exception>
    public void SetDefaultVerifyPaths()
    {
        VerifyMutable();
        UseSystemAnchors = true;
    }

    /// <summary>The CA certificates that were added. Python: <c>get_ca_certs()</c>; the system's are listed by <c>SystemTrust.Anchors</c>.</summary>
    /// <returns>The certificates in the order in which they came.</returns>
    public IReadOnlyList<CertificateInfo> GetCaCertificates() => [.. _addedAnchors.Select(a => a.Certificate).Where(c => c.IsCertificateAuthority)];

    /// <summary>How many certificates and revocation lists were added. Python: <c>cert_store_stats()</c>.</summary>
    public CertificateStoreStatistics CertificateStoreStatistics => new(_addedAnchors.Count, _revocationLists.Length, GetCaCertificates().Count);

    private void Add(TrustData loaded, string member)
    {
        VerifyMutable(member);
        _addedAnchors = new TrustAnchorCollection(_addedAnchors.Concat(loaded.Anchors));
        if (loaded.RevocationLists.Count > 0)
        {
            _revocationLists = [.. _revocationLists.Concat(loaded.RevocationLists).DistinctBy(list => list.RawData, OctetsComparer.Instance)];
        }
    }

    private static void RequirePath(string? path, string parameter)
    {
        if (path is not null && (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)))
        {
            throw new ArgumentException(path.Length == 0 ? $"The path {parameter} is empty; leave it out or name one." : $"The path {parameter} has a null character.", parameter);
        }
    }
}
