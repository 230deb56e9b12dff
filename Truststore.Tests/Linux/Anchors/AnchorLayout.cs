namespace Truststore.Tests.Linux.Anchors;

/// <summary>Where a distribution keeps its anchors.</summary>
/// <param name="Name">The distribution.</param>
/// <param name="Expected">The place that is to be used.</param>
/// <param name="Files">The files with the anchors.</param>
/// <param name="Links">Symbolic links and what they lead to.</param>
internal sealed record AnchorLayout(string Name, string Expected, string[] Files, params (string Path, string Target)[] Links)
{
    private const string RedHatBundle = "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem";

    internal static IEnumerable<AnchorLayout> All =>
    [
        new("Debian 13, Ubuntu 26.04 with openssl", "/usr/lib/ssl/cert.pem", ["/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs/5ed36f99.0"],
            ("/usr/lib/ssl/cert.pem", "../../../etc/ssl/certs/ca-certificates.crt"), ("/usr/lib/ssl/certs", "../../../etc/ssl/certs")),
        new("Debian 11, Ubuntu 20.04", "/etc/ssl/certs/ca-certificates.crt", ["/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/certs/5ed36f99.0"], ("/usr/lib/ssl/certs", "../../../etc/ssl/certs")),
        new("Debian without its bundle", "/usr/lib/ssl/certs", ["/etc/ssl/certs/First.pem"], ("/usr/lib/ssl/certs", "../../../etc/ssl/certs"), ("/etc/ssl/certs/5ed36f99.0", "First.pem")),
        new("Alpine", "/etc/ssl/cert.pem", ["/etc/ssl/certs/ca-certificates.crt"], ("/etc/ssl/cert.pem", "certs/ca-certificates.crt")),
        new("Alpine with ca-certificates-bundle", "/etc/ssl/certs/ca-certificates.crt", ["/etc/ssl/certs/ca-certificates.crt"]),
        new("Arch", "/etc/ssl/cert.pem", ["/etc/ca-certificates/extracted/tls-ca-bundle.pem", "/etc/ca-certificates/extracted/cadir/5ed36f99.0"],
            ("/etc/ssl/cert.pem", "../ca-certificates/extracted/tls-ca-bundle.pem"), ("/etc/ssl/certs/ca-certificates.crt", "../../ca-certificates/extracted/tls-ca-bundle.pem")),
        new("Arch, extracted only", "/etc/ca-certificates/extracted/tls-ca-bundle.pem", ["/etc/ca-certificates/extracted/tls-ca-bundle.pem"]),
        new("Fedora 34-42", "/etc/ssl/cert.pem", [RedHatBundle], ("/etc/pki/tls/cert.pem", "../ca-trust/extracted/pem/tls-ca-bundle.pem"), ("/etc/ssl/cert.pem", "../pki/tls/cert.pem")),
        new("Fedora 43 and later", RedHatBundle, [RedHatBundle, "/etc/pki/ca-trust/extracted/pem/directory-hash/5ed36f99.0"], ("/etc/pki/tls/certs/5ed36f99.0", "../../ca-trust/extracted/pem/directory-hash/5ed36f99.0")),
        new("Fedora 43 and later, hashed only", "/etc/pki/tls/certs", ["/etc/pki/ca-trust/extracted/pem/directory-hash/5ed36f99.0"],
            ("/etc/pki/tls/certs/5ed36f99.0", "../../ca-trust/extracted/pem/directory-hash/5ed36f99.0")),
        new("RHEL 7-8", RedHatBundle, [RedHatBundle], ("/etc/pki/tls/certs/ca-bundle.crt", "../../ca-trust/extracted/pem/tls-ca-bundle.pem"), ("/etc/pki/tls/cert.pem", "certs/ca-bundle.crt")),
        new("RHEL 7 with a bundle of one's own", "/etc/pki/tls/cert.pem", ["/etc/pki/tls/certs/ca-bundle.crt"], ("/etc/pki/tls/cert.pem", "certs/ca-bundle.crt")),
        new("RHEL 7, bundle only", "/etc/pki/tls/certs/ca-bundle.crt", ["/etc/pki/tls/certs/ca-bundle.crt"]),
        new("RHEL 9-10", "/etc/ssl/cert.pem", [RedHatBundle], ("/etc/pki/tls/cert.pem", "../ca-trust/extracted/pem/tls-ca-bundle.pem"), ("/etc/ssl/cert.pem", "../pki/tls/cert.pem")),
        new("RHEL 11", RedHatBundle, [RedHatBundle]),
        new("SUSE", "/etc/ssl/ca-bundle.pem", ["/var/lib/ca-certificates/ca-bundle.pem", "/var/lib/ca-certificates/pem/5ed36f99.0"],
            ("/etc/ssl/ca-bundle.pem", "../../var/lib/ca-certificates/ca-bundle.pem"), ("/etc/ssl/certs", "../../var/lib/ca-certificates/pem")),
        new("SUSE, bundle only", "/var/lib/ca-certificates/ca-bundle.pem", ["/var/lib/ca-certificates/ca-bundle.pem"]),
        new("SUSE, hashed only", "/var/lib/ca-certificates/openssl", ["/var/lib/ca-certificates/openssl/5ed36f99.0"]),
        new("OpenWrt with ca-bundle", "/etc/ssl/cert.pem", ["/etc/ssl/certs/ca-certificates.crt"], ("/etc/ssl/cert.pem", "certs/ca-certificates.crt")),
        new("OpenWrt with ca-certificates", "/etc/ssl/certs", ["/etc/ssl/certs/First.crt"], ("/etc/ssl/certs/5ed36f99.0", "First.crt")),
        new("NixOS", "/etc/ssl/certs/ca-certificates.crt", ["/nix/store/0-nss-cacert/ca-bundle.crt"],
            ("/etc/ssl/certs/ca-certificates.crt", "../../../nix/store/0-nss-cacert/ca-bundle.crt"), ("/etc/ssl/certs/ca-bundle.crt", "../../../nix/store/0-nss-cacert/ca-bundle.crt")),
        new("NixOS, minimal", "/etc/ssl/certs/ca-bundle.crt", ["/etc/ssl/certs/ca-bundle.crt"]),
        new("FreeBSD 12 and later", "/etc/ssl/certs", ["/usr/share/certs/trusted/First.pem"], ("/etc/ssl/certs/5ed36f99.0", "../../../usr/share/certs/trusted/First.pem")),
        new("FreeBSD with ca_root_nss", "/etc/ssl/cert.pem", ["/usr/local/share/certs/ca-root-nss.crt"],
            ("/etc/ssl/cert.pem", "../../usr/local/share/certs/ca-root-nss.crt"), ("/usr/local/etc/ssl/cert.pem", "../../share/certs/ca-root-nss.crt")),
        new("FreeBSD with ca_root_nss, no links", "/usr/local/share/certs/ca-root-nss.crt", ["/usr/local/share/certs/ca-root-nss.crt"]),
    ];

    internal void MakeIn(SystemRoot root)
    {
        foreach (var file in Files)
        {
            root.Write(file, SampleAnchors.First);
        }

        foreach (var (path, target) in Links)
        {
            root.Link(path, target);
        }
    }
}
