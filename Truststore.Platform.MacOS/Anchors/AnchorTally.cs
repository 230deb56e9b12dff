namespace Truststore.Platform.MacOS.Anchors;

/// <summary>What came of the certificates of one source.</summary>
internal sealed class AnchorTally
{
    internal int Added { get; set; }

    internal int Denied { get; set; }

    internal int Malformed { get; set; }

    /// <summary>How many have settings that cannot be read, and are left out.</summary>
    internal int Unreadable { get; set; }

    internal string? Problem { get; set; }

    /// <summary>The counts and the problem in words.</summary>
    internal string Describe()
    {
        var parts = new List<string>();
        Add(Denied, "denied and left out");
        Add(Malformed, "not decodable");
        Add(Unreadable, "with unreadable settings and left out");
        if (Problem is not null)
        {
            parts.Add(Problem);
        }

        return parts.Count > 0 ? string.Join("; ", parts) : Added == 0 ? "nothing there that decides" : "read anew";

        void Add(int count, string what)
        {
            if (count > 0)
            {
                parts.Add($"{count} {what}");
            }
        }
    }
}
