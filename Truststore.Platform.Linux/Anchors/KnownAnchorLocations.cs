namespace Truststore.Platform.Linux;

/// <summary>Where the distributions keep their anchors: path and distributions in turn, in the order in which they are tried.</summary>
/// <remarks>
/// The first that yields an anchor wins: on a machine that has several of them they are views of one set. Bundles stand before directories as one file is read faster than
/// hundreds; that of OpenSSL's default directory stands first, so that both agree on whom they trust.
/// </remarks>
internal static class KnownAnchorLocations
{
    internal static readonly string[] Bundles =
    [
        "/usr/lib/ssl/cert.pem", "Debian, Ubuntu", // OPENSSLDIR there; a link to the bundle, in recent packages
        "/etc/ssl/cert.pem", "Alpine, Arch, Fedora 34-42, RHEL 9-10, OpenWrt, FreeBSD", // OPENSSLDIR of Alpine, Arch and FreeBSD
        "/etc/ssl/certs/ca-certificates.crt", "Debian, Ubuntu, Alpine, Arch, Gentoo, OpenWrt, NixOS",
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "Fedora, RHEL 7-11", // the only bundle of Fedora 43 and later, which dropped the links to it
        "/etc/pki/tls/cert.pem", "Fedora up to 42, RHEL 7-10", // OPENSSLDIR there
        "/etc/pki/tls/certs/ca-bundle.crt", "Fedora up to 42, RHEL 7-10",
        "/etc/ssl/ca-bundle.pem", "SUSE",
        "/var/lib/ca-certificates/ca-bundle.pem", "SUSE",
        "/etc/ssl/certs/ca-bundle.crt", "NixOS",
        "/etc/ca-certificates/extracted/tls-ca-bundle.pem", "Arch",
        "/etc/pki/ca-trust/extracted/openssl/ca-bundle.trust.crt", "Fedora up to 41, RHEL 7-10", // with the usages that each anchor is trusted for
        "/usr/local/etc/ssl/cert.pem", "FreeBSD (ca_root_nss)",
        "/usr/local/share/certs/ca-root-nss.crt", "FreeBSD (ca_root_nss)",
    ];

    internal static readonly string[] HashedDirectories =
    [
        "/usr/lib/ssl/certs", "Debian, Ubuntu", // OPENSSLDIR there
        "/etc/ssl/certs", "Debian, Ubuntu, Alpine, Arch, SUSE, OpenWrt, FreeBSD",
        "/etc/pki/tls/certs", "Fedora 42 and later, RHEL 11", // OPENSSLDIR there
        "/etc/pki/ca-trust/extracted/pem/directory-hash", "Fedora, RHEL 9-11",
        "/var/lib/ca-certificates/openssl", "SUSE",
        "/etc/ca-certificates/extracted/cadir", "Arch",
        "/usr/local/etc/ssl/certs", "FreeBSD",
    ];

    /// <summary>The package that brings the anchors, for the message that there are none.</summary>
    internal const string Packages =
        "Install the package ca-certificates (Debian, Ubuntu, Alpine, Arch, Fedora, RHEL), ca-certificates-mozilla (SUSE), ca-bundle (OpenWrt), cacert (NixOS) or ca_root_nss (FreeBSD)";
}
