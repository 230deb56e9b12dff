using System.Formats.Asn1;
using Truststore.Tests.Forging;

namespace Truststore.Tests.Core.Fuzzing;

/// <summary>The values of an encoding, those inside of OCTET STRINGs and BIT STRINGs too, which can be replaced one by one with all lengths around them put right.</summary>
internal sealed class DerTree
{
    private readonly byte[] _encoded;
    private readonly List<DerNode> _nodes = [];

    private DerTree(byte[] encoded) => _encoded = encoded;

    /// <summary>The values, each behind the one that it stands in.</summary>
    internal IReadOnlyList<DerNode> Nodes => _nodes;

    internal static DerTree Read(byte[] encoded)
    {
        var tree = new DerTree(encoded);
        tree.Add(0, encoded.Length, -1);
        return tree;
    }

    /// <summary>The tag of a value, its length and its content.</summary>
    internal ReadOnlySpan<byte> Value(DerNode node) => _encoded.AsSpan(node.Start..node.End);

    internal ReadOnlySpan<byte> Content(DerNode node) => _encoded.AsSpan(node.ContentStart..node.End);

    /// <summary>The encoding with something else, or nothing, in the place of a value.</summary>
    internal byte[] Replace(DerNode node, ReadOnlySpan<byte> replacement)
    {
        var bytes = replacement.ToArray();
        while (node.Parent >= 0)
        {
            var parent = _nodes[node.Parent];
            bytes = Der.Value(_encoded[parent.Start], [.. _encoded.AsSpan(parent.ContentStart..node.Start), .. bytes, .. _encoded.AsSpan(node.End..parent.End)]);
            node = parent;
        }

        return bytes;
    }

    private bool Add(int start, int end, int parent)
    {
        var count = _nodes.Count;
        while (start < end)
        {
            if (!AsnDecoder.TryReadEncodedValue(_encoded.AsSpan(start..end), AsnEncodingRules.DER, out var tag, out var offset, out var length, out var consumed))
            {
                _nodes.RemoveRange(count, _nodes.Count - count);
                return false;
            }

            var contentStart = start + offset;
            _nodes.Add(new DerNode(start, contentStart, contentStart + length, parent));
            AddInner(tag, contentStart, contentStart + length, _nodes.Count - 1);
            start += consumed;
        }

        return true;
    }

    private void AddInner(Asn1Tag tag, int start, int end, int parent)
    {
        const byte sequence = 0x30;
        if (tag.IsConstructed || (tag == Asn1Tag.PrimitiveOctetString && start < end))
        {
            Add(start, end, parent);
        }
        else if (tag == Asn1Tag.PrimitiveBitString && end - start > 2 && _encoded[start] == 0 && _encoded[start + 1] == sequence)
        {
            // The first octet, which counts unused bits, stays in front.
            Add(start + 1, end, parent);
        }
    }
}
