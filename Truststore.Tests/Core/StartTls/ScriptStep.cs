using System.Text;

namespace Truststore.Tests.Core.Negotiation;

/// <summary>One side's next words in plaintext.</summary>
/// <param name="IsServer">Whose.</param>
/// <param name="Bytes">The words.</param>
internal sealed record ScriptStep(bool IsServer, byte[] Bytes)
{
    /// <summary>What the server says; one character an octet.</summary>
    internal static ScriptStep S(string text) => new(true, Encoding.Latin1.GetBytes(text));

    /// <summary>What the client has to say; one character an octet.</summary>
    internal static ScriptStep C(string text) => new(false, Encoding.Latin1.GetBytes(text));
}
