namespace Truststore.Extensions.Http;

/// <summary>A registration: which context a client has. Of several for one client the last counts.</summary>
/// <param name="Client">The client's name, or <see langword="null"/> for all that have no registration of their own.</param>
/// <param name="Context">The context, or <see langword="null"/> for a client that keeps its own verification.</param>
internal sealed record ClientContext(string? Client, TlsContext? Context);
