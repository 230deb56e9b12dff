namespace Truststore.Platform.MacOS.Anchors;

/// <summary>Where trust settings are kept (SecTrustSettings.h:227); an earlier domain overrides the later ones.</summary>
internal enum TrustSettingsDomain
{
    /// <summary>The user's own.</summary>
    User = 0,

    /// <summary>The administrator's, for the whole machine.</summary>
    Admin = 1,

    /// <summary>Apple's, which nobody changes.</summary>
    System = 2,
}
