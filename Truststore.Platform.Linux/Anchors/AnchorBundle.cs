using System.Buffers;
using System.Buffers.Text;
using System.Formats.Asn1;
using System.Globalization;
using Truststore.Certificates;
using Truststore.Trust;

namespace Truststore.Platform.Linux;

/// <summary>Reads the certificates of a PEM file (RFC 7468), or the one of a DER file, without decoding them. A block that is bad is skipped and noted.</summary>
/// <remarks>
/// It is on the way of a process's first handshake: spans and the runtime's precompiled code, no strings. As for OpenSSL a block begins at the start of a line,
/// so that one behind a comment sign does not count. A file whose last block is incomplete is probably being written:
/// see <see cref="AnchorReading.IsCutOff"/>.
/// </remarks>
internal readonly ref struct AnchorBundle
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly AnchorReading _into;
    private readonly string? _file;

    private AnchorBundle(ReadOnlySpan<byte> text, AnchorReading into, string? file)
    {
        _text = text;
        _into = into;
        _file = file;
    }

    /// <summary>Reads a file's content.</summary>
    /// <param name="text">The content.</param>
    /// <param name="into">Takes the certificates.</param>
    /// <param name="file">The file's name where it is not the location itself.</param>
    internal static void Read(ReadOnlySpan<byte> text, AnchorReading into, string? file = null)
    {
        var bundle = new AnchorBundle(text is [0xEF, 0xBB, 0xBF, ..] ? text[3..] : text, into, file);
        if (text is [0x30, ..])
        {
            bundle.Add(text.ToArray(), isTrusted: false, at: 0, isLast: true);
        }
        else
        {
            bundle.ReadBlocks();
        }
    }

    private void ReadBlocks()
    {
        byte[] scratch = [];
        for (var begin = FindLine(_text, 0, "-----BEGIN "u8); begin >= 0;)
        {
            var inside = begin + "-----BEGIN ".Length;
            var next = FindLine(_text, inside, "-----BEGIN "u8);
            var block = next < 0 ? _text[inside..] : _text[inside..next];
            var end = FindLine(block, 0, "-----END "u8);
            if (end < 0)
            {
                Skip(begin, "its END line is missing", isCutOff: next < 0);
            }
            else
            {
                ReadBlock(block, end, begin, isLast: next < 0, ref scratch);
            }

            begin = next;
        }

        if (IsStartOf(_text[(_text.LastIndexOfAny((byte)'\n', (byte)'\r') + 1)..], "-----BEGIN "u8))
        {
            _into.IsCutOff = true;
        }
    }

    private void ReadBlock(ReadOnlySpan<byte> block, int end, int at, bool isLast, ref byte[] scratch)
    {
        var labelLength = block[..end].IndexOf("-----"u8);
        var label = labelLength < 0 ? default : block[..labelLength];
        var ending = block[(end + "-----END ".Length)..];
        if (isLast && IsCutOff(ending, label))
        {
            Skip(at, "its END line is cut off", isCutOff: true);
            return;
        }

        var isTrusted = label.SequenceEqual("TRUSTED CERTIFICATE"u8);
        if (!isTrusted && !label.SequenceEqual("CERTIFICATE"u8) && !label.SequenceEqual("X509 CERTIFICATE"u8))
        {
            return; // A revocation list, a key, a comment.
        }

        if (!ending.StartsWith(label) || !ending[labelLength..].StartsWith("-----"u8))
        {
            Skip(at, "its END line is another block's");
            return;
        }

        var body = block[(labelLength + "-----".Length)..end];
        if (scratch.Length < body.Length)
        {
            scratch = GC.AllocateUninitializedArray<byte>(Math.Max(body.Length, 4096));
        }

        // In place it goes character by character, in precompiled code; the vectorised way has to be jitted first, for longer than all the rest takes.
        body.CopyTo(scratch);
        if (Base64.DecodeFromUtf8InPlace(scratch.AsSpan(0, body.Length), out var length) != OperationStatus.Done || length == 0)
        {
            Skip(at, "its content is not Base64", isCutOff: isLast);
            return;
        }

        Add(scratch.AsSpan(0, length).ToArray(), isTrusted, at, isLast);
    }

    private void Add(ReadOnlyMemory<byte> der, bool isTrusted, int at, bool isLast)
    {
        try
        {
            AsnDecoder.ReadEncodedValue(der.Span, AsnEncodingRules.DER, out _, out _, out var length);
            var certificate = der[..length];
            var subject = CertificateEnvelope.PeekSubject(certificate);
            if (length == der.Length)
            {
                _into.Entries.Add(new AnchorEntry(certificate, subject, null, null));
            }
            else if (isTrusted)
            {
                TrustedCertificateReader.ReadUsages(der[length..], out var trusted, out var rejected);
                _into.Entries.Add(new AnchorEntry(certificate, subject, trusted, rejected));
            }
            else
            {
                Skip(at, "there are bytes behind the certificate");
            }
        }
        catch (AsnContentException error)
        {
            Skip(at, "it is no certificate in DER: " + error.Message, isCutOff: isLast && IsTruncated(der.Span));
        }
    }

    /// <summary>Whether a file ends before the END line of its last block does.</summary>
    private static bool IsCutOff(ReadOnlySpan<byte> ending, ReadOnlySpan<byte> label) =>
        ending.Length < label.Length + "-----".Length
        && ending.StartsWith(label[..Math.Min(label.Length, ending.Length)])
        && (ending.Length <= label.Length || IsStartOf(ending[label.Length..], "-----"u8));

    private static bool IsStartOf(ReadOnlySpan<byte> start, ReadOnlySpan<byte> whole) => !start.IsEmpty && whole.StartsWith(start);

    /// <summary>Whether an encoding announces more than is there.</summary>
    private static bool IsTruncated(ReadOnlySpan<byte> der) =>
        der.Length < 2
        || !AsnDecoder.TryDecodeLength(der[1..], AsnEncodingRules.BER, out var content, out var octets)
        || 1 + octets + (long)(content ?? 0) > der.Length;

    private void Skip(int at, string reason, bool isCutOff = false)
    {
        _into.IsCutOff |= isCutOff;

        // Only the first is reported, so lines are counted once whatever the number of bad blocks.
        var line = _into.HasSkipped ? 0 : _text[..at].Count((byte)'\n') + 1;
        _into.Skip(string.Create(CultureInfo.InvariantCulture, $"{_file}{(_file is null ? "line" : ", line")} {line}"), reason);
    }

    private static int FindLine(ReadOnlySpan<byte> text, int from, ReadOnlySpan<byte> start)
    {
        for (var position = from; ; position += start.Length)
        {
            var found = text[position..].IndexOf(start);
            if (found < 0)
            {
                return -1;
            }

            position += found;
            if (position == 0 || text[position - 1] is (byte)'\n' or (byte)'\r')
            {
                return position;
            }
        }
    }
}
