namespace Truststore.Cli.Output;

/// <summary>Where a trust anchor comes from.</summary>
internal enum AnchorOrigin
{
    /// <summary>The system's trust store.</summary>
    System,

    /// <summary>A file or directory that the command line names.</summary>
    Added,
}
