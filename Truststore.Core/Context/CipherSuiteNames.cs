using System.Net.Security;

namespace Truststore;

/// <summary>Names of cipher suites, by OpenSSL and by IANA.</summary>
internal static class CipherSuiteNames
{
    private const string Example = "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";

    /// <summary>Longer than any name; what is longer is not worth a search for similar ones.</summary>
    private const int MaxNameLength = 80;

    private static readonly char[] s_separators = [':', ',', ' '];

    // openssl-ciphers(1), "CIPHER STRINGS".
    private static readonly HashSet<string> s_keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "3DES", "ADH", "AECDH", "AES", "AES128", "AES256", "AESCCM", "AESCCM8", "AESGCM", "ALL", "ARIA", "ARIA128", "ARIA256", "ARIAGCM", "CAMELLIA", "CAMELLIA128", "CAMELLIA256", "CBC",
        "CHACHA20", "COMPLEMENTOFALL", "COMPLEMENTOFDEFAULT", "DEFAULT", "DES", "DH", "DHE", "DSS", "ECDH", "ECDHE", "ECDSA", "EDH", "EECDH", "EXPORT", "FIPS", "GOST", "GOST89MAC", "HIGH",
        "IDEA", "LOW", "MD5", "MEDIUM", "NULL", "PSK", "RC2", "RC4", "RSA", "SEED", "SHA", "SHA1", "SHA256", "SHA384", "SRP", "SSLv3", "SUITEB128", "SUITEB128ONLY", "SUITEB192",
        "TLSv1", "TLSv1.0", "TLSv1.2", "aDH", "aDSS", "aECDSA", "aGOST", "aGOST01", "aNULL", "aPSK", "aRSA", "aSRP", "eNULL", "kDHE", "kDHEPSK", "kECDHE", "kECDHEPSK", "kEDH", "kEECDH",
        "kGOST", "kPSK", "kRSA", "kRSAPSK", "kSRP",
    };

    /// <summary>Reads a list of names separated by colons, commas or spaces; without one of TLS 1.3, that version's default suites come first.</summary>
    /// <exception cref="ArgumentException">A name is unknown, or there is none.</exception>
    internal static IReadOnlyList<TlsCipherSuite> Parse(string ciphers)
    {
        var named = new List<TlsCipherSuite>();
        foreach (var name in ciphers.Split(s_separators, StringSplitOptions.RemoveEmptyEntries))
        {
            var suite = Find(name, nameof(ciphers));
            if (!named.Contains(suite))
            {
                named.Add(suite);
            }
        }

        if (named.Count == 0)
        {
            throw new ArgumentException($"No cipher suite is named; give names by OpenSSL or IANA, separated by colons, such as '{Example}'.", nameof(ciphers));
        }

        return WithTls13(named);
    }

    /// <summary>The suites with TLS 1.3's default ones in front, unless one of that version is among them.</summary>
    internal static IReadOnlyList<TlsCipherSuite> WithTls13(List<TlsCipherSuite> named) =>
        named.Exists(CipherSuiteTable.IsTls13) ? named : [.. CipherSuiteTable.DefaultTls13, .. named];

    private static TlsCipherSuite Find(string name, string parameter)
    {
        if (CipherSuiteTable.TryFind(name, out var suite))
        {
            return suite;
        }

        var printable = SafeText.Show(name, MaxNameLength);
        if (IsKeyword(name))
        {
            throw new ArgumentException($"'{printable}' is an OpenSSL cipher string, not the name of a suite; keywords and operators are not understood. Name the suites one by one, such as '{Example}'; 'openssl ciphers' with your cipher string prints the names.", parameter);
        }

        if (FindRefusal(name) is { } refusal)
        {
            throw new ArgumentException($"The cipher suite '{printable}' {refusal}. Leave it out.", parameter);
        }

        var closest = name.Length <= MaxNameLength ? EditDistance.FindClosest(name, CipherSuiteTable.Names) : null;
        var advice = closest is null ? $"Names are those of OpenSSL or IANA, such as '{Example}'." : $"Did you mean '{closest}'?";
        throw new ArgumentException($"The cipher suite '{printable}' is unknown. {advice}", parameter);
    }

    private static bool IsKeyword(string name) =>
        name[0] is '!' or '-' or '+' or '@' || name.Contains('+', StringComparison.Ordinal) || name.Contains('=', StringComparison.Ordinal) || s_keywords.Contains(name);

    /// <summary>Why a suite that exists is not in the table, or null.</summary>
    private static string? FindRefusal(string name)
    {
        if (name.StartsWith("NULL-", StringComparison.OrdinalIgnoreCase) || name.Contains("-NULL-", StringComparison.OrdinalIgnoreCase) || name.Contains("_NULL_", StringComparison.OrdinalIgnoreCase))
        {
            return "does not encrypt";
        }

        if (name.Contains("_anon_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ADH-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("AECDH-", StringComparison.OrdinalIgnoreCase))
        {
            return "has no certificate, so that anyone in the middle can answer";
        }

        return Enum.GetNames<TlsCipherSuite>().Contains(name, StringComparer.OrdinalIgnoreCase)
            ? "is broken, or not one that .NET negotiates with a certificate; if you are sure, pass its TlsCipherSuite value to SetCiphers"
            : null;
    }
}
