using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>
/// Extended key usages, where there are any, allow the peer's purpose or every purpose: on the end-entity certificate (RFC 5280 §4.2.1.12) and, as everybody but the RFC has it,
/// on each CA above it.
/// </summary>
internal sealed class ExtendedKeyUsageRule : ICertificateRule
{
    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        if (certificate.ExtendedKeyUsages is not { } usages || usages.Contains(context.RequiredUsage, StringComparer.Ordinal) || usages.Contains(ExtensionOids.AnyExtendedKeyUsage, StringComparer.Ordinal))
        {
            return null;
        }

        var wanted = context.Request.Purpose == PeerPurpose.ClientAuthentication ? "clientAuth" : "serverAuth";
        return new VerificationFailure(FailureReason.InvalidExtendedKeyUsage, $"the extended key usage is {string.Join(", ", usages.Select(Name))} and does not include {wanted}.");
    }

    private static string Name(string oid) => oid switch
    {
        ExtensionOids.ServerAuthentication => "serverAuth",
        ExtensionOids.ClientAuthentication => "clientAuth",
        "1.3.6.1.5.5.7.3.3" => "codeSigning",
        "1.3.6.1.5.5.7.3.4" => "emailProtection",
        "1.3.6.1.5.5.7.3.8" => "timeStamping",
        ExtensionOids.OcspSigning => "OCSPSigning",
        _ => oid,
    };
}
