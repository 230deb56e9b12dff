namespace Truststore.Policy;

/// <summary>Makes the failures of the Strict profile.</summary>
internal static class StrictFailure
{
    internal static VerificationFailure Of(string message) => new(FailureReason.NonConformingCertificate, message);
}
