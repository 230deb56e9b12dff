namespace Truststore.Certificates;

/// <summary>Writes serial numbers as OpenSSL and Python do.</summary>
internal static class SerialNumberText
{
    internal static string Format(ReadOnlySpan<byte> integer)
    {
        if ((integer[0] & 0x80) == 0)
        {
            var magnitude = integer.Length > 1 && integer[0] == 0 ? integer[1..] : integer;
            return Convert.ToHexString(magnitude);
        }

        var negated = System.Numerics.BigInteger.Negate(new System.Numerics.BigInteger(integer, isUnsigned: false, isBigEndian: true));
        return "-" + Convert.ToHexString(negated.ToByteArray(isUnsigned: true, isBigEndian: true));
    }
}
