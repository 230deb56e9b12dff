using System.Globalization;
using System.Text;
using Truststore.Policy;
using Truststore.Policy.Rules;

namespace Truststore.Tests.Linux.Conformance;

/// <summary>Writes docs/conformance.md from the conformance data.</summary>
internal static class ConformanceReport
{
    /// <summary>Why the Compatible profile does not ask what a rule of the Strict profile asks, for all that the rule asks.</summary>
    private static readonly Dictionary<string, string> s_whyNotCompatible = new(StringComparer.Ordinal)
    {
        [nameof(StrictEncodingRule)] =
            "The outer form says nothing about who signed. Private CAs number from zero, or longer than 20 octets, and old "
            + "programs write version 1, other types of date and default values.",
        [nameof(StrictNamesRule)] = "Criticality of a known extension changes nothing for a reader that understands it.",
        [nameof(StrictKeyIdentifiersRule)] =
            "Key identifiers help to find an issuer, the signature proves it. Corporate proxies leave them out, or write more into "
            + "them.",
        [nameof(StrictBasicConstraintsRule)] =
            "A CA certificate used as a server's own is what small private PKIs do; the peer proves that it has the key. Below the "
            + "anchor an issuer needs the CA bit in either profile; whether that extension is critical, and a path length where "
            + "nothing may be signed, change nothing.",
        [nameof(StrictKeyUsageRule)] =
            "The key may do more than its certificate can use: without the CA bit nothing that it signs is accepted. A CA without "
            + "a key usage is not restricted.",
        [nameof(StrictExtendedKeyUsageRule)] =
            "Private CAs issue for any usage or name none, mark usages as critical, or restrict their roots by usage. Where there "
            + "are usages, they include TLS in either profile.",
        [nameof(StrictExtensionsRule)] =
            "Criticality and pointers to other places change nothing for a reader that understands them, nor do policies that are "
            + "not asked for, or name constraints of an end-entity certificate; a leading period in a name constraint is common, and "
            + "read as it is meant.",
        [nameof(StrictSubjectAlternativeNamesRule)] =
            "Hosts with underscores exist in private networks; the name is compared as it is. A malformed name matches nothing, "
            + "and without names no host is found.",
        [nameof(StrictWildcardRule)] = "Needs the public suffix list; the peer's names are still compared.",
        [nameof(StrictCommonNameRule)] = "The common name is never compared unless asked for, so it may say anything.",
        [nameof(StrictKeyRule)] =
            "A key of 2052 bits is no weaker than one of 2048, and other named curves from 224 bits, Ed25519, Ed448 and RSA-PSS "
            + "keys are strong enough as well.",
        [RevocationLists] =
            "A list that breaks a rule of form is signed by the CA all the same, and one that is out of date or not signed by the "
            + "CA proves nothing; without the CrlCheck flags it is ignored instead of failing the connection.",
    };

    private const string RevocationLists = "RevocationListRules";

    internal static string Write()
    {
        var cases = LimboData.Cases().Where(testCase => LimboQuestion.FindUnsupported(testCase) is null).ToList();
        var strict = Count(cases, TlsVerifyFlags.X509Strict, out _);
        var compatible = Count(cases, TlsVerifyFlags.None, out var tolerated);
        var total = LimboData.Cases().Count;
        var skipped = total - cases.Count;
        var text = new StringBuilder(Head);
        text.Append(CultureInfo.InvariantCulture, $"""
            ## Truststore on {total:N0} of the cases, the others on all 9,779

            | verifier | cases | accepted, must fail | rejected, must pass | skipped |
            |---|---|---|---|---|
            | **Truststore, Strict** | {total} | {strict.Accepted} | {strict.Rejected} | {skipped} |
            | **Truststore, Compatible** | {total} | {compatible.Accepted} | {compatible.Rejected} | {skipped} |
            | .NET 10 `X509Chain`, OpenSSL 3.0 | 9779 | 54 | 118 | 15 |
            | OpenSSL 3.6 | 9779 | 118 | 118 | 10 |
            | Go 1.27 `crypto/x509` | 9779 | 51 | 5 | 24 |
            | pyca/cryptography 49 | 9779 | 13 | 0 | 47 |
            | GnuTLS 3.7 (medium) | 9779 | 100 | 120 | 6 |


            """);
        text.Append(Contradictions).Append(ToleratedHead);
        foreach (var testCase in tolerated)
        {
            var (rule, objection) = Objection(testCase);
            text.Append(CultureInfo.InvariantCulture, $"| `{testCase.Id}` | {objection} | {s_whyNotCompatible[rule]} |\n");
        }

        return text.ToString();
    }

    private static (int Accepted, int Rejected) Count(IReadOnlyList<LimboCase> cases, TlsVerifyFlags flags, out List<LimboCase> accepted)
    {
        accepted = [];
        var rejected = 0;
        foreach (var testCase in cases)
        {
            var isTrusted = LimboQuestion.Of(testCase, flags).Ask(LinuxVerifiers.WithoutSystemAnchors).IsTrusted;
            rejected += testCase.MustBeTrusted && !isTrusted ? 1 : 0;
            if (!testCase.MustBeTrusted && isTrusted)
            {
                accepted.Add(testCase);
            }
        }

        return (accepted.Count, rejected);
    }

    /// <summary>The rule of the Strict profile that a case breaks, and what it says.</summary>
    private static (string Rule, string Objection) Objection(LimboCase testCase)
    {
        var answer = LimboQuestion.Of(testCase, TlsVerifyFlags.X509Strict).Ask(LinuxVerifiers.WithoutSystemAnchors);
        var (request, result, _) = answer;
        if (answer.IsTrusted)
        {
            return (nameof(StrictExtensionsRule), "name constraints are not critical: contradicted by its twin, see above");
        }

        var message = result.Failures[0].Message.TrimEnd('.');
        var context = new PolicyContext(request, PublicSuffixList.TopLevelOnly);
        for (var i = 0; i < result.Path.Count; i++)
        {
            var role = i == 0 ? CertificateRole.EndEntity : i == result.Path.Count - 1 ? CertificateRole.Anchor : CertificateRole.Intermediate;
            foreach (var rule in PolicyProfile.Strict.CertificateRules)
            {
                if (string.Equals(rule.Check(result.Path[i], role, context)?.Message, result.Failures[0].Message, StringComparison.Ordinal))
                {
                    return (rule.GetType().Name, message);
                }
            }
        }

        return (result.Failures[0].Reason == FailureReason.RevocationStatusUnknown ? RevocationLists : nameof(StrictWildcardRule), message);
    }

    private const string Head = """
        # Conformance

        The Linux verifier against the path validation cases of [x509-limbo](https://github.com/C2SP/x509-limbo) and
        [BetterTLS](https://github.com/Netflix/bettertls). None is treated specially.

        `X509PartialChain` is on in all of them: the suite takes every certificate that a case trusts for an anchor, self-issued or not. A
        case is accepted when the chain is trusted for all of its names, each of the kind that the case says, and for all of its extended
        key usages, and when the certificate's key usage allows all that the case asks for. A case that asks for anything else is skipped.

        The tests verify every case three times: with the intermediates as they are, shuffled, and shuffled among 20 unrelated
        certificates. The verdicts are the same.

        This page is written by the tests, which fail when it is out of date. With `TRUSTSTORE_CONFORMANCE` set to the folder that holds `limbo-dev.json.gz`:

        ```
        TRUSTSTORE_WRITE_DOCS=1 dotnet test --filter "FullyQualifiedName~ConformanceReportTests"
        ```


        """;

    private const string Contradictions = """
        ## Contradictions in the suite

        Two pairs of cases ask for opposite answers to the same question, one in the name of RFC 5280 alone and one in that of the CA/Browser Forum's baseline requirements (BR). No verifier can
        answer both as expected without being told which case it is looking at; the suite's own data lists them as conflicting, the second by way of `rfc5280::ca-as-leaf`. The Strict profile is RFC 5280 and the baseline requirements together, and follows the latter:

        | case | expects | its twin | expects | what both are |
        |---|---|---|---|---|
        | `rfc5280::nc::permitted-dns-match-noncritical` | rejected | `webpki::nc::permitted-dns-match-noncritical` | accepted | a root with name constraints that are not critical, which BR 7.1.2.10.8 allows "as an explicit exception from RFC 5280" |
        | `pathlen::validation-ignores-pathlen-in-leaf` | accepted | `webpki::ca-as-leaf` | rejected | a CA certificate as the end-entity certificate, which BR 7.1.2.7.8 forbids; Compatible accepts both |


        """;

    private const string ToleratedHead = """
        ## What Compatible accepts and the suite rejects

        Every such case. In none of them does a certificate speak for a name or a key that its CA did not vouch for.

        | case | what Strict says | why Compatible accepts it |
        |---|---|---|

        """;
}
