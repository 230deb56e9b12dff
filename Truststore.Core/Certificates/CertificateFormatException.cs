namespace Truststore;

/// <summary>Bytes are not the certificate or revocation list that they should be; the one exception that decoding throws, whatever the bytes.</summary>
public sealed class CertificateFormatException : FormatException
{
    /// <summary>Creates the exception with a general message.</summary>
    public CertificateFormatException()
        : base("The bytes are not a DER-encoded X.509 structure.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and where; characters that cannot be seen are escaped.</param>
    public CertificateFormatException(string message)
        : base(SafeText.Show(message))
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and where; characters that cannot be seen are escaped.</param>
    /// <param name="innerException">The decoder's own error.</param>
    public CertificateFormatException(string message, Exception? innerException)
        : base(SafeText.Show(message), innerException)
    {
    }
}
