namespace Truststore.Tests.Linux.Conformance;

/// <summary>How the peer sends the certificates behind its own.</summary>
internal enum SentChain
{
    /// <summary>As the case has them.</summary>
    InOrder,

    /// <summary>In another order.</summary>
    Shuffled,

    /// <summary>In another order, with certificates between them that have nothing to do with the case.</summary>
    AmongStrangers,
}
