using System.Formats.Asn1;

namespace Truststore.Tests.Linux.Differential;

/// <summary>Validity around the time of the verification, its edges included.</summary>
internal static class ValidityChanges
{
    internal static IReadOnlyList<ChainChange> All { get; } =
    [
        new("expires", p => SetEnd(p.Any(), p.Pick(-86400, -1, 0, 1))),
        new("begins", p => SetBegin(p.Any(), p.Pick(-1, 0, 1, 86400))),
        new("is valid for one second", p =>
        {
            var plan = p.Any();
            plan.Spec = plan.Spec with { NotBefore = ChainPlan.Now, NotAfter = ChainPlan.Now };
        }),
        new("is valid for decades", p =>
        {
            var plan = p.Any();
            plan.Spec = plan.Spec with { NotAfter = new DateTimeOffset(p.Pick(2049, 2050, 9999), 12, 31, 23, 59, 59, TimeSpan.Zero), NotBefore = new DateTimeOffset(p.Pick(1950, 1970, 1999), 1, 1, 0, 0, 0, TimeSpan.Zero) };
        }),
        new("outlives its issuer", p => SetEnd(p.Leaf, 100 * 365 * 86400L)),
        new("dates are of the other type", p => p.Any().Edits.Add(f => f.Validity = Generalized(f.Validity))),
    ];

    private static void SetEnd(CertificatePlan plan, long seconds)
    {
        var end = ChainPlan.Now.AddSeconds(seconds);
        plan.Spec = plan.Spec with { NotAfter = end, NotBefore = end < plan.Spec.NotBefore ? end.AddDays(-1) : plan.Spec.NotBefore };
    }

    private static void SetBegin(CertificatePlan plan, long seconds) => plan.Spec = plan.Spec with { NotBefore = ChainPlan.Now.AddSeconds(seconds) };

    /// <summary>The same dates as GeneralizedTime, which RFC 5280 §4.1.2.5 has only from 2050 on.</summary>
    private static byte[] Generalized(byte[] validity)
    {
        var reader = new AsnReader(validity, AsnEncodingRules.DER).ReadSequence();
        return DerText.Encode(w =>
        {
            using (w.PushSequence())
            {
                while (reader.HasData)
                {
                    w.WriteGeneralizedTime(reader.PeekTag() == Asn1Tag.UtcTime ? reader.ReadUtcTime(2049) : reader.ReadGeneralizedTime());
                }
            }
        });
    }
}
