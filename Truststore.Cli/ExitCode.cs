namespace Truststore.Cli;

/// <summary>What the tool's exit codes mean.</summary>
internal static class ExitCode
{
    /// <summary>Trusted; found; as expected.</summary>
    internal const int Success = 0;

    /// <summary>Rejected; nothing found; not as expected.</summary>
    internal const int Rejected = 1;

    /// <summary>No verdict, because there was no TLS connection.</summary>
    internal const int NotConnected = 2;

    /// <summary>Wrong arguments, or a file that cannot be used (EX_USAGE of sysexits.h).</summary>
    internal const int Usage = 64;

    /// <summary>Interrupted by the user, as shells report it.</summary>
    internal const int Interrupted = 130;
}
