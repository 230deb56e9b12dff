using Truststore.Certificates;

namespace Truststore.Policy;

/// <summary>What one revocation list says of one certificate of its issuer, its signature and dates aside.</summary>
/// <param name="Fault">Why the list must not be used for any certificate, or null.</param>
/// <param name="Reasons">The reasons for which the list tells of the certificate; none where it is about other certificates.</param>
/// <param name="Entry">The certificate's entry, or null.</param>
internal readonly record struct RevocationListAnswer(string? Fault, RevocationReasons Reasons, RevokedCertificate? Entry);
