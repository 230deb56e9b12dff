namespace Truststore.Platform.Windows.Interop;

/// <summary>Whose certificate stores (CERT_SYSTEM_STORE_CURRENT_USER and others in wincrypt.h).</summary>
internal enum SystemStoreLocation
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The user's, which hold the machine's too.</summary>
    CurrentUser = 1 << 16,

    /// <summary>The machine's.</summary>
    LocalMachine = 2 << 16,
}
