namespace Truststore;

/// <summary>What a basic constraints extension says (RFC 5280 §4.2.1.9).</summary>
/// <param name="IsCertificateAuthority">Whether the key may sign certificates.</param>
/// <param name="PathLengthConstraint">How many intermediates that are not self-issued may follow, or <see langword="null"/> for any number.</param>
public sealed record BasicConstraints(bool IsCertificateAuthority, int? PathLengthConstraint);
