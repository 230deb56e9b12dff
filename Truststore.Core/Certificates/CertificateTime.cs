using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>Reads Time (RFC 5280 §4.1.2.5): UTCTime or GeneralizedTime, in Zulu, with seconds and without fractions.</summary>
internal static class CertificateTime
{
    private const int FirstGeneralizedYear = 2050;

    /// <exception cref="AsnContentException">The next value is not a Time.</exception>
    internal static (DateTimeOffset Time, bool HasConformingType) Read(AsnReader reader)
    {
        if (reader.PeekTag() == Asn1Tag.UtcTime)
        {
            // Two-digit years: 50 to 99 are of the 20th century, 00 to 49 of the 21st.
            return (reader.ReadUtcTime(twoDigitYearMax: FirstGeneralizedYear - 1), true);
        }

        var time = reader.ReadGeneralizedTime();
        return time.Ticks % TimeSpan.TicksPerSecond == 0
            ? (time, time.Year >= FirstGeneralizedYear)
            : throw new AsnContentException("a date has fractions of a second.");
    }
}
