using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Asn1;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Truststore.Tests.Core.Trust;

namespace Truststore.Tests.Linux.Differential;

/// <summary>
/// <c>openssl verify</c>. Starting it costs more than a verification, so that all chains with the same options go through one process: no certificate of one has a name that a CA of another has,
/// hence their certificates can lie in one heap.
/// </summary>
internal sealed partial class OpenSslVerify : IPeer
{
    public string Name => "OpenSSL";

    public IReadOnlyList<Explanation> Explanations => OpenSslExplanations.All;

    public string? FindMissing()
    {
        const string advice = "the program openssl of version 3, whose answers are explained here as version 3.0 gives them; install it (Debian: apt-get install openssl) and run the tests again";
        try
        {
            return Run(Environment.CurrentDirectory, ["version"]).Output.StartsWith("OpenSSL 3.", StringComparison.Ordinal) ? null : advice;
        }
        catch (Win32Exception)
        {
            return advice;
        }
    }

    public IReadOnlyList<IReadOnlyList<Objection>> Verify(IReadOnlyList<DifferentialCase> cases)
    {
        const int perProcess = 60;
        var verdicts = new IReadOnlyList<Objection>[cases.Count];
        var groups = Enumerable.Range(0, cases.Count).GroupBy(i => (Options(cases[i]), cases[i].Variant)).SelectMany(group => group.Chunk(perProcess));
        Parallel.ForEach(groups, group =>
        {
            var together = VerifyTogether([.. group.Select(i => cases[i])]);
            for (var i = 0; i < group.Length; i++)
            {
                verdicts[group[i]] = together[i];
            }
        });
        return verdicts;
    }

    private static IReadOnlyList<IReadOnlyList<Objection>> VerifyTogether(IReadOnlyList<DifferentialCase> cases)
    {
        using var directory = new TemporaryDirectory();
        var arguments = Arguments(cases[0]).ToList();
        WriteHeap(directory, arguments, "-CAfile", "anchors.pem", cases.SelectMany(Anchors));
        WriteHeap(directory, arguments, "-untrusted", "peer.pem", cases.SelectMany(c => c.Peer.Skip(1)).Where(IsCertificate).Select(der => DifferentialCase.Pem("CERTIFICATE", der)));
        for (var i = 0; i < cases.Count; i++)
        {
            directory.Write(FileName(i), DifferentialCase.Pem("CERTIFICATE", cases[i].Peer[0]));
            arguments.Add(FileName(i));
        }

        var (output, errors) = Run(directory.FullName, arguments);
        return [.. Enumerable.Range(0, cases.Count).Select(i => Read(FileName(i), output, errors))];
    }

    /// <summary>What cases must share to go through one process.</summary>
    private static string Options(DifferentialCase testCase) => string.Join(' ', Arguments(testCase));

    /// <summary>A single case as a shell command that anybody can run on the files that follow it.</summary>
    internal static string Describe(DifferentialCase testCase)
    {
        var text = new StringBuilder();
        text.Append("openssl ").Append(Options(testCase))
            .Append(testCase.Anchors.Count > 0 ? " -CAfile anchors.pem" : " -no-CAfile")
            .Append(testCase.Peer.Count > 1 ? " -untrusted peer.pem" : string.Empty)
            .Append(" leaf.pem\n");
        text.Append("--- leaf.pem\n").Append(DifferentialCase.Pem("CERTIFICATE", testCase.Peer[0]));
        text.Append("--- peer.pem\n").AppendJoin(string.Empty, testCase.Peer.Skip(1).Where(IsCertificate).Select(der => DifferentialCase.Pem("CERTIFICATE", der)));
        text.Append("--- anchors.pem\n").AppendJoin(string.Empty, Anchors(testCase));
        return text.ToString();
    }

    private static IEnumerable<string> Arguments(DifferentialCase testCase)
    {
        yield return "verify";
        yield return "-no-CApath";
        yield return "-no-CAstore";
        yield return "-purpose";
        yield return "sslserver";
        yield return "-attime";
        yield return ChainPlan.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        if (testCase.Host is { } host)
        {
            yield return host.Kind == ReferenceIdentifierKind.IPAddress ? "-verify_ip" : "-verify_hostname";
            yield return host.Value;
        }

        if (testCase.AuthLevel > 0)
        {
            yield return "-auth_level";
            yield return testCase.AuthLevel.ToString(CultureInfo.InvariantCulture);
        }

        if (testCase.PartialChain)
        {
            yield return "-partial_chain";
        }

        if (testCase.PolicyCheck)
        {
            yield return "-policy_check";
            yield return "-policy";
            yield return "2.5.29.32.0";
        }
    }

    private static void WriteHeap(TemporaryDirectory directory, List<string> arguments, string option, string file, IEnumerable<string> blocks)
    {
        var text = string.Concat(blocks);
        if (text.Length > 0)
        {
            directory.Write(file, text);
            arguments.AddRange([option, file]);
        }
        else if (option is "-CAfile")
        {
            arguments.Add("-no-CAfile");
        }
    }

    // The program gives up on a file with a block that is no certificate.
    private static bool IsCertificate(ReadOnlyMemory<byte> der) => X509ChainVerify.TryLoad(der) is not null;

    // What it is trusted for stands behind a certificate, where nothing else may stand.
    private static bool IsLoadable(CaseAnchor anchor) => IsCertificate(anchor.Der) && !(anchor.IsRestricted && Encodings.HasTrailingBytes(anchor.Der));

    private static IEnumerable<string> Anchors(DifferentialCase testCase) => testCase.Anchors.Where(IsLoadable).Select(anchor => anchor.IsRestricted
        ? DifferentialCase.Pem("TRUSTED CERTIFICATE", (byte[])[.. anchor.Der.Span, .. Restriction(anchor)])
        : DifferentialCase.Pem("CERTIFICATE", anchor.Der));

    /// <summary>OpenSSL's X509_CERT_AUX: trusted usages, and rejected ones under a tag 0.</summary>
    private static byte[] Restriction(CaseAnchor anchor) => DerText.Encode(w =>
    {
        using (w.PushSequence())
        {
            WriteUsages(anchor.Trusted, null);
            WriteUsages(anchor.Rejected, new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true));
        }

        void WriteUsages(IReadOnlyList<string>? usages, Asn1Tag? tag)
        {
            if (usages is not null)
            {
                using (w.PushSequence(tag))
                {
                    foreach (var usage in usages)
                    {
                        w.WriteObjectIdentifier(usage);
                    }
                }
            }
        }
    });

    private static string FileName(int position) => string.Create(CultureInfo.InvariantCulture, $"leaf{position}.pem");

    private static (string Output, string Errors) Run(string directory, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = directory, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.Append(line.Data).Append('\n');
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, errors.ToString());
    }

    private static IReadOnlyList<Objection> Read(string name, string output, string errors)
    {
        if (output.Contains(name + ": OK\n", StringComparison.Ordinal))
        {
            return [];
        }

        // The errors of a file stand between the end of the file before and its own end.
        var end = errors.IndexOf($"error {name}: verification failed\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return [new Objection("load", 0, errors)];
        }

        var begin = errors.LastIndexOf(": verification failed\n", end, StringComparison.Ordinal) + 1;
        var objections = ErrorPattern().Matches(errors[begin..end]).Select(m => new Objection(m.Groups["code"].Value, int.Parse(m.Groups["depth"].Value, CultureInfo.InvariantCulture), m.Groups["message"].Value)).Distinct().ToList();

        // A certificate that stops the program has no such line.
        return objections.Count > 0 ? objections : [new Objection("internal", -1, errors[begin..end])];
    }

    [GeneratedRegex("^error (?<code>[0-9]+) at (?<depth>[0-9]+) depth lookup: (?<message>.*)$", RegexOptions.Multiline, 60_000)]
    private static partial Regex ErrorPattern();
}
