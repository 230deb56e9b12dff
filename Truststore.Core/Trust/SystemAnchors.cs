namespace Truststore;

/// <summary>The operating system's trust anchors, to look at. One implementation a platform; <c>SystemTrust.Anchors</c> is this machine's.</summary>
public abstract class SystemAnchors
{
    /// <summary>Says what was found, where, and how much.</summary>
    /// <returns>The description of the anchors as they are now.</returns>
    public abstract SystemAnchorsDescription Describe();

    /// <summary>Lists the anchors. Decodes each certificate, so it takes some milliseconds; handshakes don't.</summary>
    /// <returns>The anchors that can be decoded, in the order of their source.</returns>
    public abstract IReadOnlyList<TrustAnchor> List();
}
