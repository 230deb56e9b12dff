namespace Truststore;

/// <summary>Finds what somebody who mistyped a name may have meant.</summary>
internal static class EditDistance
{
    /// <summary>The candidate that takes the fewest edits, or null when none is near: at most a fifth of the name's characters may differ.</summary>
    internal static string? FindClosest(string name, IEnumerable<string> candidates)
    {
        string? closest = null;
        var best = (name.Length / 5) + 1;
        foreach (var candidate in candidates)
        {
            var distance = Between(name, candidate);
            if (distance < best)
            {
                (best, closest) = (distance, candidate);
            }
        }

        return closest;
    }

    /// <summary>Levenshtein's distance, without regard to case.</summary>
    private static int Between(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[previous.Length];
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replacement = previous[j - 1] + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replacement, 1 + Math.Min(previous[j], current[j - 1]));
            }

            (previous, current) = (current, previous);
        }

        return previous[^1];
    }
}
