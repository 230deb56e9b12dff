using System.Text;

namespace Truststore.Tests.Core.Trust;

/// <summary>Bytes to load, and what comes of it.</summary>
/// <param name="Name">What the bytes are.</param>
/// <param name="Data">The bytes.</param>
/// <param name="Words">What the error's message has in it.</param>
internal sealed record TrustCase(string Name, byte[] Data, params IReadOnlyList<string> Words)
{
    internal TrustCase(string name, string text, params IReadOnlyList<string> words)
        : this(name, Encoding.UTF8.GetBytes(text), words)
    {
    }

    public override string ToString() => Name;
}
