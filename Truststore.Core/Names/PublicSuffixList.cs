using System.Text;

namespace Truststore;

/// <summary>Names under which anybody can register (publicsuffix.org). Without a list only top-level domains are known to be such, by the algorithm's default rule.</summary>
internal sealed class PublicSuffixList
{
    /// <summary>Knows top-level domains only.</summary>
    internal static readonly PublicSuffixList TopLevelOnly = new([], [], []);

    private readonly HashSet<string> _rules;
    private readonly HashSet<string> _wildcards;
    private readonly HashSet<string> _exceptions;

    private PublicSuffixList(HashSet<string> rules, HashSet<string> wildcards, HashSet<string> exceptions)
    {
        _rules = rules;
        _wildcards = wildcards;
        _exceptions = exceptions;
    }

    /// <summary>Reads the list's own file format: one rule a line, <c>//</c> comments, names in UTF-8.</summary>
    internal static PublicSuffixList Parse(ReadOnlySpan<byte> file)
    {
        var rules = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var wildcards = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var exceptions = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var range in file.Split((byte)'\n'))
        {
            var line = file[range].Trim(" \t\r"u8);
            if (line.IsEmpty || line.StartsWith("//"u8))
            {
                continue;
            }

            if (line[0] == '!')
            {
                Add(exceptions, line[1..]);
            }
            else if (line.StartsWith("*."u8))
            {
                Add(wildcards, line[2..]);
            }
            else
            {
                Add(rules, line);
            }
        }

        return new PublicSuffixList(rules, wildcards, exceptions);
    }

    private static void Add(HashSet<string> rules, ReadOnlySpan<byte> name)
    {
        if (ReferenceIdentifier.TryRead(Encoding.UTF8.GetString(name), out _) is { } identifier)
        {
            rules.Add(identifier.Value);
        }
    }

    /// <summary>Whether a name in A-labels is itself a public suffix.</summary>
    internal bool IsPublicSuffix(string name)
    {
        if (_exceptions.Contains(name))
        {
            return false;
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 || _rules.Contains(name) || _wildcards.Contains(name[(dot + 1)..]);
    }
}
