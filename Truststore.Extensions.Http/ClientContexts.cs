using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Truststore.Extensions.Http;

/// <summary>Which client of a factory has which context.</summary>
/// <remarks>Each service provider has its own: what is registered after it was built does not reach it.</remarks>
[SuppressMessage("Performance", "CA1812:Avoid uninstantiated internal classes", Justification = "The service provider makes it.")]
internal sealed class ClientContexts
{
    private readonly Dictionary<string, TlsContext?> _byClient = new(StringComparer.Ordinal);
    private readonly TlsContext? _default;

    public ClientContexts(IEnumerable<ClientContext> registrations)
    {
        foreach (var (client, context) in registrations)
        {
            if (client is null)
            {
                _default = context;
            }
            else
            {
                _byClient[client] = context;
            }
        }
    }

    /// <summary>The context of a client, or <see langword="null"/> where it keeps its own verification.</summary>
    internal TlsContext? Of(string? client) => _byClient.TryGetValue(client ?? Options.DefaultName, out var context) ? context : _default;
}
