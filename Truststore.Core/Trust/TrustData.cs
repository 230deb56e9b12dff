namespace Truststore.Trust;

/// <summary>What was read from files and bytes before any of it counts.</summary>
internal sealed class TrustData
{
    internal List<TrustAnchor> Anchors { get; } = [];

    internal List<CertificateRevocationList> RevocationLists { get; } = [];
}
