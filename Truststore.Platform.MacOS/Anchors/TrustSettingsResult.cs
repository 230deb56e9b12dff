namespace Truststore.Platform.MacOS.Anchors;

/// <summary>What a trust setting says (SecTrustSettings.h:212).</summary>
internal enum TrustSettingsResult
{
    /// <summary>Never valid.</summary>
    Invalid = 0,

    /// <summary>A root is trusted; also what a setting without a result means.</summary>
    TrustRoot = 1,

    /// <summary>A certificate that is no root is trusted as one.</summary>
    TrustAsRoot = 2,

    /// <summary>The certificate is distrusted.</summary>
    Deny = 3,

    /// <summary>Neither; the next domain decides.</summary>
    Unspecified = 4,
}
