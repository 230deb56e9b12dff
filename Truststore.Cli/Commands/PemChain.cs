using System.Formats.Asn1;
using System.Globalization;

namespace Truststore.Cli.Commands;

/// <summary>Reads certificates from PEM (RFC 7468) and says where it does not hold together.</summary>
internal sealed class PemChain
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";

    private readonly List<ReadOnlyMemory<byte>> _certificates = [];
    private readonly List<(string Label, int Line)> _skipped = [];
    private readonly string _name;
    private readonly string[] _lines;

    private PemChain(string text, string name)
    {
        _lines = text.Split('\n');
        _name = name;
    }

    internal IReadOnlyList<ReadOnlyMemory<byte>> Certificates => _certificates;

    /// <summary>The blocks that are no certificates, each with its line.</summary>
    internal IReadOnlyList<(string Label, int Line)> Skipped => _skipped;

    /// <exception cref="UsageException">A block has no end or is not base64.</exception>
    internal static PemChain Read(string text, string name)
    {
        var chain = new PemChain(text, name);
        for (var i = 0; i < chain._lines.Length; i++)
        {
            if (LabelOf(chain._lines[i], Begin) is { } label)
            {
                i = chain.ReadBlock(i, label);
            }
        }

        return chain;
    }

    private static string? LabelOf(string line, string kind)
    {
        var trimmed = line.Trim();
        return trimmed.StartsWith(kind, StringComparison.Ordinal) && trimmed.EndsWith(Dashes, StringComparison.Ordinal) && trimmed.Length >= kind.Length + Dashes.Length
            ? trimmed[kind.Length..^Dashes.Length]
            : null;
    }

    private int ReadBlock(int begin, string label)
    {
        var end = begin + 1;
        while (end < _lines.Length && LabelOf(_lines[end], End) is null)
        {
            if (LabelOf(_lines[end], Begin) is not null)
            {
                throw Broken(begin, label, $"has no END line before the next block begins in line {Number(end)}");
            }

            end++;
        }

        if (end == _lines.Length)
        {
            throw Broken(begin, label, "has no END line: the file is cut off");
        }

        if (!string.Equals(LabelOf(_lines[end], End), label, StringComparison.Ordinal))
        {
            throw Broken(begin, label, $"ends as another kind of block in line {Number(end)}");
        }

        if (label is "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE")
        {
            _certificates.Add(Decode(begin, end, label));
        }
        else
        {
            _skipped.Add((label, begin + 1));
        }

        return end;
    }

    private ReadOnlyMemory<byte> Decode(int begin, int end, string label)
    {
        try
        {
            var der = Convert.FromBase64String(string.Concat(_lines[(begin + 1)..end].Select(l => l.Trim())));
            if (!string.Equals(label, "TRUSTED CERTIFICATE", StringComparison.Ordinal))
            {
                return der;
            }

            // OpenSSL appends what the certificate is trusted for; a chain has no use for that.
            AsnDecoder.ReadEncodedValue(der, AsnEncodingRules.DER, out _, out _, out var length);
            return der.AsMemory(0, length);
        }
        catch (Exception error) when (error is FormatException or AsnContentException)
        {
            throw Broken(begin, label, error is FormatException ? "is not base64" : "is not DER");
        }
    }

    private UsageException Broken(int begin, string label, string what) =>
        new($"{_name}, line {Number(begin)}: the block '{SafeText.ShowName(label)}' {what}.");

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
