using System.Runtime.CompilerServices;

namespace Truststore;

/// <summary>The bounds that hold whatever a peer sends. Exceeding one is a <see cref="FailureReason"/> of its own, never a crash and never a pass.</summary>
public sealed record VerificationLimits
{
    /// <summary>The documented defaults.</summary>
    public static VerificationLimits Default { get; } = new();

    /// <summary>How many intermediate certificates may stand between the end-entity certificate and the anchor; self-issued ones do not count (RFC 5280 §6.1.4 (l)).</summary>
    /// <value>Certificates; 0 or more. The default is 16.</value>
    public int MaxIntermediates { get; init => field = AtLeast(value, 0); } = 16;

    /// <summary>How many certificates a peer may send, the end-entity certificate included.</summary>
    /// <value>Certificates; 1 or more. The default is 256.</value>
    public int MaxPeerCertificates { get; init => field = AtLeast(value, 1); } = 256;

    /// <summary>How long one certificate may be.</summary>
    /// <value>Bytes of DER; 1 or more. The default is 262,144.</value>
    public int MaxCertificateSize { get; init => field = AtLeast(value, 1); } = 256 * 1024;

    /// <summary>How long all certificates that a peer sends may be together.</summary>
    /// <value>Bytes of DER; 1 or more. The default is 524,288.</value>
    public int MaxPeerChainSize { get; init => field = AtLeast(value, 1); } = 512 * 1024;

    /// <summary>
    /// How many bytes a peer may send before its chain is verified, where the stream is this library's:
    /// <see cref="TlsContext.WrapStreamAsync(Stream, string?, CancellationToken)"/>,
    /// <see cref="TlsContext.WrapServerStreamAsync"/>, <c>StartTls.UpgradeAsync</c> and <see cref="TlsObject"/>.
    /// </summary>
    /// <value>
    /// Bytes of the TLS handshake as they are on the wire; 1 or more. The default is 131,072. Exceeded by at most what one
    /// read brings.
    /// </value>
    public int MaxHandshakeSize { get; init => field = AtLeast(value, 1); } = 128 * 1024;

    /// <summary>How many subject alternative names one certificate may hold.</summary>
    /// <value>Names; 1 or more. The default is 4,096.</value>
    public int MaxNames { get; init => field = AtLeast(value, 1); } = 4096;

    /// <summary>How many comparisons of a name with a name constraint one verification may make: names times constraints of the same kind.</summary>
    /// <value>Comparisons; 0 or more. The default is 100,000.</value>
    public int MaxNameConstraintComparisons { get; init => field = AtLeast(value, 0); } = 100_000;

    /// <summary>How many certificate policies and policy mappings one verification may look at, where a CA constrains policies; those of a certificate count once for every path that leads through it.</summary>
    /// <value>Policies; 0 or more. The default is 5,000.</value>
    public int MaxPolicies { get; init => field = AtLeast(value, 0); } = 5_000;

    /// <summary>How many candidate issuers path building may try in one verification.</summary>
    /// <value>Candidates; 1 or more. The default is 2,000.</value>
    public int MaxCandidates { get; init => field = AtLeast(value, 1); } = 2000;

    /// <summary>How many signatures one verification may check; one under an RSA key of more than 2048 bits counts by the square of its length (4096 bits: 4), under an elliptic curve key by what the curve costs (P-384: 7, P-521: 6), and one over a large certificate for one more every 128 KiB.</summary>
    /// <value>Signatures; 1 or more. The default is 100.</value>
    public int MaxSignatureChecks { get; init => field = AtLeast(value, 1); } = 100;

    /// <summary>How long one retrieval over the network (AIA, OCSP, CRL) may take, where a request allows the network at all.</summary>
    /// <value>Positive. The default is 15 seconds.</value>
    public TimeSpan RetrievalTimeout
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(15);

    private static int AtLeast(int value, int minimum, [CallerMemberName] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, minimum, name);
        return value;
    }
}
