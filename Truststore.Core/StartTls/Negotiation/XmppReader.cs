using System.Text;

namespace Truststore.Negotiation;

/// <summary>
/// Reads the tags of an XML stream one by one and not an octet further. The XML of XMPP has neither comments, processing instructions, DTDs nor entities of its own
/// (RFC 6120 §11.1), so that a tag ends with the next right angle bracket outside quotes.
/// </summary>
internal sealed class XmppReader(PlaintextSession session)
{
    private const int MaxDepth = 32;
    private const string XmlDeclaration = "?xml";

    private readonly Stack<(string Name, IReadOnlyDictionary<string, string> Namespaces)> _open = new();

    /// <summary>How many elements are open.</summary>
    internal int Depth => _open.Count;

    /// <summary>Reads up to the next start tag, or an end tag that closes an element of at most some depth.</summary>
    /// <returns>The start tag; <see langword="null"/> for the end tag.</returns>
    internal async ValueTask<XmppTag?> ReadAsync(int endsAtDepth, CancellationToken cancellationToken)
    {
        while (true)
        {
            var text = await ReadTagAsync(cancellationToken).ConfigureAwait(false);
            if (text.StartsWith(XmlDeclaration, StringComparison.Ordinal) && Depth == 0)
            {
                continue;
            }

            if (!text.StartsWith('/'))
            {
                return Open(text);
            }

            Close(text[1..].TrimEnd());
            if (Depth <= endsAtDepth)
            {
                return null;
            }
        }
    }

    private XmppTag Open(string text)
    {
        if (Depth == MaxDepth || XmppStartTag.Parse(text) is not { } start)
        {
            throw session.Unexpected("what it sent is not the XML of XMPP.");
        }

        var colon = start.Name.IndexOf(':', StringComparison.Ordinal);
        var inNamespace = FindNamespace(start.Name[..Math.Max(colon, 0)], start.Namespaces)
            ?? throw session.Unexpected("the prefix of an element has no namespace.");
        var tag = new XmppTag(inNamespace, start.Name[(colon + 1)..], Depth, start.IsEmpty);
        if (!start.IsEmpty)
        {
            _open.Push((start.Name, start.Namespaces));
        }

        return tag;
    }

    // Each element keeps what it declares itself: copied from element to element, many declarations would cost their square.
    private string? FindNamespace(string prefix, IReadOnlyDictionary<string, string> declared)
    {
        if (declared.TryGetValue(prefix, out var own))
        {
            return own;
        }

        foreach (var (_, namespaces) in _open)
        {
            if (namespaces.TryGetValue(prefix, out var inherited))
            {
                return inherited;
            }
        }

        return prefix.Length == 0 ? string.Empty : null;
    }

    private void Close(string name)
    {
        if (!_open.TryPop(out var element) || !element.Name.Equals(name, StringComparison.Ordinal))
        {
            throw session.Unexpected("an end tag does not match its start tag.");
        }
    }

    // What stands between the angle brackets; text before them has no meaning here.
    private async ValueTask<string> ReadTagAsync(CancellationToken cancellationToken)
    {
        session.CountLine();
        await ReadTextAsync(cancellationToken).ConfigureAwait(false);
        var octets = new List<byte>();
        for (byte? quote = null; ;)
        {
            var octet = await session.ReadOctetAsync(cancellationToken).ConfigureAwait(false);
            if (octet == '>' && quote is null)
            {
                return Encoding.UTF8.GetString([.. octets]);
            }

            if (octet is (byte)'"' or (byte)'\'' && (quote is null || quote == octet))
            {
                quote = quote is null ? octet : null;
            }

            Add(octets, octet);
        }
    }

    private async ValueTask ReadTextAsync(CancellationToken cancellationToken)
    {
        var text = new List<byte>();
        while (true)
        {
            var octet = await session.ReadOctetAsync(cancellationToken).ConfigureAwait(false);
            if (octet == '<')
            {
                return;
            }

            if (Depth == 0 && octet is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                throw session.Unexpected("what it sent is no XML.");
            }

            Add(text, octet);
        }
    }

    private void Add(List<byte> octets, byte octet)
    {
        octets.Add(octet);
        if (octets.Count > session.Options.MaxLineLength)
        {
            throw session.LimitExceeded($"a tag or a text is longer than {session.Options.MaxLineLength} bytes (StartTlsOptions.MaxLineLength).");
        }
    }
}
