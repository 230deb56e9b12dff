namespace Truststore.Certificates;

/// <summary>General names sorted by their kind, in the order of the encoding within each.</summary>
internal sealed class NamesByKind
{
    internal const int KindCount = (int)GeneralNameKind.RegisteredId + 1;

    private readonly GeneralName[][] _names = new GeneralName[KindCount][];

    internal NamesByKind(IReadOnlyList<GeneralName> names)
    {
        var counts = new int[KindCount];
        for (var i = 0; i < names.Count; i++)
        {
            counts[(int)names[i].Kind]++;
        }

        for (var kind = 0; kind < KindCount; kind++)
        {
            _names[kind] = counts[kind] > 0 ? new GeneralName[counts[kind]] : [];
        }

        for (var i = names.Count - 1; i >= 0; i--)
        {
            var kind = (int)names[i].Kind;
            _names[kind][--counts[kind]] = names[i];
        }
    }

    /// <summary>The names of a kind.</summary>
    internal ReadOnlySpan<GeneralName> this[GeneralNameKind kind] => _names[(int)kind];
}
