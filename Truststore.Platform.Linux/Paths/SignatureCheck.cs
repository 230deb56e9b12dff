namespace Truststore.Platform.Linux;

/// <summary>The outcome of checking a certificate's signature under the key of an issuer.</summary>
/// <param name="Issuer">The issuer.</param>
/// <param name="Failure">What is wrong, or null.</param>
internal sealed record SignatureCheck(PathNode Issuer, VerificationFailure? Failure);
