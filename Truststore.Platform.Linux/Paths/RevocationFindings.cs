using Truststore.Certificates;

namespace Truststore.Platform.Linux;

/// <summary>What the revocation lists say of one certificate, put together.</summary>
internal sealed class RevocationFindings
{
    /// <summary>The reasons for which valid lists tell that the certificate is not revoked: the reasons mask of RFC 5280 §6.3.3.</summary>
    internal RevocationReasons Covered { get; set; }

    /// <summary>What is wrong with the first list that is not valid, or null.</summary>
    internal string? Invalidity { get; set; }

    /// <summary>Whether there are lists of the issuer about other certificates only.</summary>
    internal bool IsElsewhere { get; set; }
}
