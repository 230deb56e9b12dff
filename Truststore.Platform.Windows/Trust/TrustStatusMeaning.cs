namespace Truststore.Platform.Windows.Trust;

/// <summary>What a bit of CERT_TRUST_STATUS means.</summary>
/// <param name="Bit">The bit of dwErrorStatus.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Code">The HRESULT that stands for it.</param>
internal sealed record TrustStatusMeaning(uint Bit, FailureReason Reason, int Code);
