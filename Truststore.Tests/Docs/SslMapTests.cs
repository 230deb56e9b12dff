using System.Net.Security;
using System.Reflection;
using System.Security.Authentication;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;

namespace Truststore.Tests.Docs;

/// <summary>docs/ssl-map.md names every public member of Python's classes, and only members that exist here.</summary>
internal sealed class SslMapTests
{
    private const string Page = "docs/ssl-map.md";

    private static readonly Dictionary<string, Type> s_otherTypes = new[]
    {
        typeof(SslStream), typeof(RandomNumberGenerator), typeof(AuthenticationException), typeof(IOException), typeof(EndOfStreamException), typeof(TruststoreHttpExtensions), typeof(SystemTrust), typeof(TlsContextExtensions),
    }.ToDictionary(t => t.Name, StringComparer.Ordinal);

    /// <summary>As Python 3.13 lists them: <c>dir(ssl.SSLContext)</c> without what begins with an underscore, and so on.</summary>
    private static IEnumerable<TestCaseData> PythonMembers()
    {
        yield return Members(
            "SSLContext",
            "cert_store_stats check_hostname get_ca_certs get_ciphers hostname_checks_common_name keylog_filename load_cert_chain load_default_certs load_dh_params load_verify_locations maximum_version minimum_version "
            + "num_tickets options post_handshake_auth protocol security_level session_stats set_alpn_protocols set_ciphers set_default_verify_paths set_ecdh_curve set_npn_protocols set_psk_client_callback "
            + "set_psk_server_callback set_servername_callback sni_callback sslobject_class sslsocket_class verify_flags verify_mode wrap_bio wrap_socket SSLContext(protocol)");
        yield return Members(
            "SSLObject",
            "cipher compression context do_handshake get_channel_binding get_unverified_chain get_verified_chain getpeercert pending read selected_alpn_protocol selected_npn_protocol server_hostname server_side session "
            + "session_reused shared_ciphers unwrap verify_client_post_handshake version write");
        yield return Members(
            "SSLSocket",
            "cipher compression context do_handshake get_channel_binding get_unverified_chain get_verified_chain getpeercert pending read selected_alpn_protocol selected_npn_protocol session session_reused shared_ciphers "
            + "unwrap verify_client_post_handshake version write");
        yield return Members("MemoryBIO", "eof pending read write write_eof");
        yield return Members("SSLSession", "has_ticket id ticket_lifetime_hint time timeout");
        yield return Members("Functions", "cert_time_to_seconds create_default_context get_default_verify_paths get_protocol_name get_server_certificate DER_cert_to_PEM_cert PEM_cert_to_DER_cert RAND_bytes RAND_add RAND_status");
        yield return Members("Exceptions", "SSLError SSLCertVerificationError CertificateError SSLWantReadError SSLWantWriteError SSLZeroReturnError SSLEOFError SSLSyscallError");
        yield return Members(
            "Options",
            "OP_NO_SSLv2 OP_SINGLE_DH_USE OP_SINGLE_ECDH_USE OP_LEGACY_SERVER_CONNECT OP_ENABLE_KTLS OP_IGNORE_UNEXPECTED_EOF OP_NO_TICKET OP_NO_COMPRESSION OP_ENABLE_MIDDLEBOX_COMPAT OP_CIPHER_SERVER_PREFERENCE OP_NO_SSLv3 "
            + "OP_NO_TLSv1 OP_NO_TLSv1_2 OP_NO_TLSv1_1 OP_NO_TLSv1_3 OP_NO_RENEGOTIATION OP_ALL");
        yield return Members(
            "Verify flags",
            "VERIFY_DEFAULT VERIFY_CRL_CHECK_LEAF VERIFY_CRL_CHECK_CHAIN VERIFY_X509_STRICT VERIFY_ALLOW_PROXY_CERTS VERIFY_X509_TRUSTED_FIRST VERIFY_X509_PARTIAL_CHAIN");
        yield return Members("TLS versions", "MINIMUM_SUPPORTED SSLv3 TLSv1 TLSv1_1 TLSv1_2 TLSv1_3 MAXIMUM_SUPPORTED");
        yield return Members("truststore", "SSLContext inject_into_ssl extract_from_ssl");
    }

    [TestCaseSource(nameof(PythonMembers))]
    public void SslMap_Section_HasEveryMember(string section, string[] members) =>
        Assert.That(MarkdownPage.Read(Page).Table(section).Select(row => row[0]), Is.EquivalentTo(members));

    [TestCaseSource(nameof(PythonMembers))]
    public void SslMap_Section_NamesMembersThatExistOrSaysWhyNot(string section, string[] members)
    {
        _ = members;
        using (Assert.EnterMultipleScope())
        {
            foreach (var row in MarkdownPage.Read(Page).Table(section))
            {
                Assert.That(string.Equals(row[1], "-", StringComparison.Ordinal) ? row[2].Length > 0 : Exists(row[1]), $"{section}: {row[0]}, {row[1]}");
            }
        }
    }

    private static bool Exists(string name)
    {
        var parts = name.Split('.');
        var type = s_otherTypes.GetValueOrDefault(parts[0]) ?? typeof(TlsContext).Assembly.GetType("Truststore." + parts[0]);
        return type is not null && (parts.Length == 1 || type.GetMember(parts[1], BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy).Length > 0);
    }

    private static TestCaseData Members(string section, string members) => new TestCaseData(section, members.Split(' ')).SetArgDisplayNames(section);
}
