namespace Truststore.Platform.Linux;

/// <summary>Where the distributions keep their anchors, in the order in which they are tried: a path and who has it in each line.</summary>
/// <remarks>
/// The first that yields an anchor wins: on a machine that has several of them they are views of one set. Bundles stand before directories as one file is read faster than
/// hundreds; that of OpenSSL's default directory stands first, so that both agree on whom they trust.
/// </remarks>
internal static class KnownAnchorLocations
{
    /// <summary>PEM files. OPENSSLDIR is /usr/lib/ssl on Debian, /etc/ssl on Alpine, Arch, SUSE and FreeBSD, /etc/pki/tls on Fedora and RHEL.</summary>
    /// <remarks>Fedora 43 dropped all links to its bundle. ca-bundle.trust.crt holds TRUSTED CERTIFICATE blocks, for other usages than TLS too.</remarks>
    internal const string Bundles =
        """
        /usr/lib/ssl/cert.pem  Debian, Ubuntu
        /etc/ssl/cert.pem  Alpine, Arch, Fedora 34-42, RHEL 9-10, OpenWrt, FreeBSD
        /etc/ssl/certs/ca-certificates.crt  Debian, Ubuntu, Alpine, Arch, Gentoo, OpenWrt, NixOS
        /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem  Fedora, RHEL 7-11
        /etc/pki/tls/cert.pem  Fedora up to 42, RHEL 7-10
        /etc/pki/tls/certs/ca-bundle.crt  Fedora up to 42, RHEL 7-10
        /etc/ssl/ca-bundle.pem  SUSE
        /var/lib/ca-certificates/ca-bundle.pem  SUSE
        /etc/ssl/certs/ca-bundle.crt  NixOS
        /etc/ca-certificates/extracted/tls-ca-bundle.pem  Arch
        /etc/pki/ca-trust/extracted/openssl/ca-bundle.trust.crt  Fedora up to 41, RHEL 7-10
        /usr/local/etc/ssl/cert.pem  FreeBSD (ca_root_nss)
        /usr/local/share/certs/ca-root-nss.crt  FreeBSD (ca_root_nss)
        """;

    /// <summary>Directories of files named by subject hash.</summary>
    internal const string HashedDirectories =
        """
        /usr/lib/ssl/certs  Debian, Ubuntu
        /etc/ssl/certs  Debian, Ubuntu, Alpine, Arch, SUSE, OpenWrt, FreeBSD
        /etc/pki/tls/certs  Fedora 42 and later, RHEL 11
        /etc/pki/ca-trust/extracted/pem/directory-hash  Fedora, RHEL 9-11
        /var/lib/ca-certificates/openssl  SUSE
        /etc/ca-certificates/extracted/cadir  Arch
        /usr/local/etc/ssl/certs  FreeBSD
        """;

    /// <summary>The package that brings the anchors, for the message that there are none.</summary>
    internal const string Packages =
        "Install the package ca-certificates (Debian, Ubuntu, Alpine, Arch, Fedora, RHEL), ca-certificates-mozilla (SUSE), ca-bundle (OpenWrt), cacert (NixOS) or ca_root_nss (FreeBSD)";
}
