using System.Formats.Asn1;
using Truststore.Certificates;

namespace Truststore.Policy.Rules;

/// <summary>A certificate holds no more names than <see cref="VerificationLimits.MaxNames"/>. Counted in the encoding: so many that there is a limit are not to be decoded first.</summary>
internal sealed class LimitsRule : ICertificateRule
{
    /// <summary>A tag and a length.</summary>
    private const int MinNameOctets = 2;

    public VerificationFailure? Check(CertificateInfo certificate, CertificateRole role, PolicyContext context)
    {
        var limit = context.Request.Limits.MaxNames;
        return certificate.FindExtension(ExtensionOids.SubjectAlternativeName) is { } names && names.Value.Length / MinNameOctets > limit && HasMoreThan(limit, names.Value.Span)
            ? new VerificationFailure(FailureReason.TooManyNames, $"the certificate has more alternative names than the limit of {limit} (VerificationLimits.MaxNames).")
            : null;
    }

    private static bool HasMoreThan(int limit, ReadOnlySpan<byte> encoded)
    {
        try
        {
            AsnDecoder.ReadSequence(encoded, AsnEncodingRules.DER, out var offset, out var length, out _);
            var names = encoded.Slice(offset, length);
            for (var count = 0; !names.IsEmpty; count++)
            {
                if (count == limit)
                {
                    return true;
                }

                AsnDecoder.ReadEncodedValue(names, AsnEncodingRules.DER, out _, out _, out var consumed);
                names = names[consumed..];
            }
        }
        catch (AsnContentException)
        {
            // Malformed, which the rule about structure says.
        }

        return false;
    }
}
