using Truststore.Tests.Forging;

namespace Truststore.Tests.Core.Fuzzing;

/// <summary>Makes inputs that are nearly right: of sound ones, by changes to their octets and to their structure. The same seed gives the same changes.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<FuzzSeed> seeds)
{
    private static readonly byte[] s_tags = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0A, 0x0C, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1C, 0x1E, 0x24, 0x30, 0x31, 0x80, 0x81, 0x82, 0x86, 0x87, 0x88, 0xA0, 0xA1, 0xA3, 0xA4];

    // Indefinite, longer than anything, longer than an Int32, reserved, and not in the shortest form.
    private static readonly byte[][] s_lengths = [[0x80], [0x84, 0x7F, 0xFF, 0xFF, 0xFF], [0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x88, 1, 2, 3, 4, 5, 6, 7, 8], [0xFF], [0x81, 0x05], [0x82, 0x00, 0x80], [0x00], [0x7F], [0x83, 0x10, 0x00, 0x00]];

    internal Random Random { get; } = new(seed);

    /// <summary>Any of the sound inputs.</summary>
    internal FuzzSeed Pick() => seeds[Random.Next(seeds.Count)];

    /// <summary>A changed copy of an input.</summary>
    internal byte[] Mutate(FuzzSeed input)
    {
        var changesStructure = Random.Next(4) > 0;
        var data = changesStructure ? ChangeStructure(input) : (byte[])input.Data.Clone();
        for (var changes = Random.Next(changesStructure ? -2 : 1, 3); changes > 0; changes--)
        {
            data = ChangeOctets(data);
        }

        return data;
    }

    /// <summary>Changes octets, wherever they are.</summary>
    internal byte[] ChangeOctets(byte[] data)
    {
        if (data.Length == 0)
        {
            return [(byte)Random.Next(256)];
        }

        var position = Random.Next(data.Length);
        var length = Math.Min(Random.Next(1, 40), data.Length - position);
        switch (Random.Next(7))
        {
            case 0:
                return data[..position];
            case 1:
                return [.. data.AsSpan(..position), .. data.AsSpan(position + length)];
            case 2:
                return [.. data.AsSpan(..position), .. RandomOctets(length), .. data.AsSpan(position)];
            case 3:
                return [.. data.AsSpan(..position), .. data.AsSpan(position, length), .. data.AsSpan(position)];
            case 4:
                var other = Pick().Data;
                return [.. data.AsSpan(..position), .. other.AsSpan(Random.Next(other.Length))];
            case 5:
                data[position] = (byte)Random.Next(256);
                return data;
            default:
                data[position] ^= (byte)(1 << Random.Next(8));
                return data;
        }
    }

    /// <summary>Changes one value, and the lengths around it so that they fit, mostly.</summary>
    internal byte[] ChangeStructure(FuzzSeed input)
    {
        var tree = input.Tree;
        var node = tree.Nodes[Random.Next(tree.Nodes.Count)];
        var tag = input.Data[node.Start];
        return Random.Next(11) switch
        {
            0 => tree.Replace(node, Der.Value(tag, RandomOctets(Random.Next(16)))),
            1 => tree.Replace(node, Der.Value(s_tags[Random.Next(s_tags.Length)], tree.Content(node))),
            2 => tree.Replace(node, []),
            3 => tree.Replace(node, [.. tree.Value(node), .. tree.Value(node)]),
            4 => tree.Replace(node, AnyValue()),
            5 => tree.Replace(node, [.. tree.Value(node), .. AnyValue()]),
            6 => tree.Replace(node, [tag, .. s_lengths[Random.Next(s_lengths.Length)], .. tree.Content(node)]),
            7 => tree.Replace(node, Nest(tree.Value(node).ToArray(), Random.Next(1, 48))),
            8 => tree.Replace(node, Der.Value(tag, Large())),
            9 => tree.Replace(node, Der.Value(tag, ChangeOctets(tree.Content(node).ToArray()))),
            _ => tree.Replace(node, Der.Value((byte)Random.Next(256), tree.Content(node))),
        };
    }

    private byte[] RandomOctets(int count)
    {
        var octets = new byte[count];
        Random.NextBytes(octets);
        return octets;
    }

    /// <summary>A value of another input.</summary>
    private byte[] AnyValue()
    {
        var tree = Pick().Tree;
        return tree.Value(tree.Nodes[Random.Next(tree.Nodes.Count)]).ToArray();
    }

    private static byte[] Nest(byte[] value, int levels)
    {
        for (; levels > 0; levels--)
        {
            value = Der.Sequence(value);
        }

        return value;
    }

    /// <summary>Content that is longer than honest content: one long subidentifier or number, or the same small value over and over.</summary>
    private byte[] Large()
    {
        var count = Random.Next(1, 2000);
        if (Random.Next(3) == 0)
        {
            return [.. Enumerable.Repeat((byte)0xFF, count), 0x7F];
        }

        var value = AnyValue();
        var large = new byte[Math.Min(count, 1 + (8000 / Math.Max(1, value.Length))) * value.Length];
        for (var i = 0; i < large.Length; i++)
        {
            large[i] = value[i % value.Length];
        }

        return large;
    }
}
