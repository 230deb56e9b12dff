using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Truststore.Trust;

/// <summary>
/// Finds the blocks of PEM text (RFC 7468) and decodes them. Text around blocks is ignored; boundaries stand alone on their lines, without indentation, as OpenSSL wants it.
/// </summary>
internal ref struct PemReader
{
    private static readonly SearchValues<byte> s_lineEnds = SearchValues.Create("\r\n"u8);
    private static readonly SearchValues<byte> s_base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t"u8);

    private readonly ReadOnlySpan<byte> _text;
    private readonly string _source;
    private int _next;
    private int _line;
    private int _number;

    internal PemReader(ReadOnlySpan<byte> text, string source)
    {
        _text = text;
        _source = source;
    }

    /// <summary>The label of the block at which the reader stands, as the text has it.</summary>
    internal string Label { get; private set; } = "";

    /// <summary>The label for messages.</summary>
    internal readonly string ShownLabel => SafeText.ShowName(Label);

    /// <summary>Where that block is.</summary>
    internal BlockPosition Position { get; private set; }

    /// <summary>Goes to the next block's first line; does not look at its content yet.</summary>
    /// <exception cref="TrustDataException">A line is nearly a boundary.</exception>
    internal bool MoveNext()
    {
        while (TryReadLine(out var line))
        {
            if (line.StartsWith("-----BEGIN "u8))
            {
                Position = BlockPosition.AtLine(_source, ++_number, _line);
                Label = ReadLabel(line);
                return true;
            }

            if (line.TrimStart(" \t"u8).StartsWith("-----BEGIN "u8))
            {
                throw BlockPosition.AtLine(_source, _number + 1, _line).Error("is indented; its boundaries must stand at the beginning of their lines");
            }

            if (line.StartsWith("-----END "u8))
            {
                throw new TrustDataException($"Line {_line} of {SourceName.Quote(_source)} ends a PEM block that was never begun; restore the line -----BEGIN …----- in front of it. Nothing was loaded.", _source);
            }
        }

        return false;
    }

    /// <summary>Reads the current block up to its last line.</summary>
    /// <exception cref="TrustDataException">The block is truncated, or its content is not base64.</exception>
    internal byte[] ReadContent()
    {
        var start = _next;
        var firstLine = _line + 1;
        while (true)
        {
            var end = _next;
            if (!TryReadLine(out var line))
            {
                throw Position.Error($"is truncated: the line -----END {ShownLabel}----- is missing; copy the file anew");
            }

            if (line.TrimStart(" \t"u8).StartsWith("-----"u8))
            {
                RequireEnd(line);
                return Decode(_text[start..end], firstLine);
            }
        }
    }

    private readonly string ReadLabel(ReadOnlySpan<byte> line)
    {
        var label = line["-----BEGIN "u8.Length..];
        var dashes = label.IndexOf("-----"u8);
        return dashes == label.Length - 5 && dashes > 0
            ? Encoding.Latin1.GetString(label[..dashes])
            : throw Position.Error("has a malformed first line: it must be -----BEGIN CERTIFICATE----- and nothing else; perhaps line breaks were lost");
    }

    private readonly void RequireEnd(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("-----BEGIN "u8))
        {
            throw Position.Error($"is truncated: another block begins at line {_line} before the line -----END {ShownLabel}-----; copy the file anew");
        }

        if (!line.SequenceEqual(Encoding.Latin1.GetBytes($"-----END {Label}-----")))
        {
            throw Position.Error($"has a wrong last line (line {_line}): it must be -----END {ShownLabel}----- and nothing else; perhaps a line break was lost");
        }
    }

    private readonly byte[] Decode(ReadOnlySpan<byte> content, int firstLine)
    {
        var buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(content.Length)];
        if (Base64.DecodeFromUtf8(content, buffer, out _, out var written) != OperationStatus.Done)
        {
            throw Position.Error($"is not base64: {FindBadLine(content, firstLine)}; copy the file anew");
        }

        return written > 0 ? buffer[..written] : throw Position.Error("is empty; remove it");
    }

    private readonly string FindBadLine(ReadOnlySpan<byte> content, int firstLine)
    {
        var lines = new PemReader(content, _source);
        while (lines.TryReadLine(out var line))
        {
            if (line.ContainsAnyExcept(s_base64))
            {
                return $"line {firstLine + lines._line - 1} has a character that does not belong there";
            }
        }

        return "characters are missing at its end, or '=' stands in its middle";
    }

    /// <summary>Reads a line without its end and trailing white space; CRLF, LF and CR all end lines.</summary>
    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        if (_next == _text.Length)
        {
            line = default;
            return false;
        }

        var rest = _text[_next..];
        var length = rest.IndexOfAny(s_lineEnds);
        line = (length < 0 ? rest : rest[..length]).TrimEnd(" \t\v\f"u8);
        _next += length < 0 ? rest.Length : length + (rest[length..].StartsWith("\r\n"u8) ? 2 : 1);
        _line++;
        return true;
    }
}
