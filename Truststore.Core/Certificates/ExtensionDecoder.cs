using System.Formats.Asn1;

namespace Truststore.Certificates;

/// <summary>Decodes the values of the extensions that bear on the verdict. Each is held to DER first.</summary>
/// <remarks>
/// By the runtime's own reader, which is precompiled: these are read in every verification, and the first one of a process should not wait for another parser to be
/// loaded and compiled. What only says where to fetch things is left to <see cref="LocationDecoder"/>.
/// </remarks>
internal static class ExtensionDecoder
{
    /// <summary>How many values in DER an extension may consist of, those with names or name constraints aside, which have limits of their own. Real ones stay below 100.</summary>
    internal const int MaxValues = 1024;

    private static readonly Asn1Tag s_keyIdentifier = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag s_authorityCertIssuer = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag s_authorityCertSerialNumber = new(TagClass.ContextSpecific, 2);

    /// <summary>Decodes every extension that bears on the verdict. Total: what cannot be decoded is noted in <see cref="DecodedExtensions.Errors"/> and judged by policy.</summary>
    internal static DecodedExtensions Decode(IReadOnlyList<CertificateExtension> extensions)
    {
        var decoded = new DecodedExtensions();
        for (var i = 0; i < extensions.Count; i++)
        {
            var extension = extensions[i];
            if (LocationDecoder.Decodes(extension.Oid))
            {
                continue;
            }

            if (IsRepeated(extensions, i))
            {
                decoded.AddError(extension.Oid, Repeated);
                continue;
            }

            try
            {
                Decode(extension, decoded);
            }
            catch (AsnContentException error)
            {
                decoded.AddError(extension.Oid, error.Message.TrimEnd('.'));
            }
        }

        return decoded;
    }

    /// <summary>What is wrong with an extension that <see cref="IsRepeated"/>.</summary>
    internal const string Repeated = "it is present twice (RFC 5280 §4.2)";

    /// <summary>Whether an earlier extension has the same object identifier.</summary>
    internal static bool IsRepeated(IReadOnlyList<CertificateExtension> extensions, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (string.Equals(extensions[i].Oid, extensions[index].Oid, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void Decode(CertificateExtension extension, DecodedExtensions decoded)
    {
        switch (extension.Oid)
        {
            case ExtensionOids.BasicConstraints:
                decoded.BasicConstraints = ReadBasicConstraints(OpenSequence(extension));
                break;
            case ExtensionOids.KeyUsage:
                decoded.KeyUsage = ReadKeyUsage(Open(extension));
                break;
            case ExtensionOids.ExtendedKeyUsage:
                decoded.ExtendedKeyUsages = ReadObjectIdentifiers(OpenSequence(extension));
                break;
            case ExtensionOids.SubjectAlternativeName:
                DerValidator.Validate(extension.Value.Span);
                decoded.SubjectAlternativeNames = GeneralNameReader.ReadNames(extension.Value);
                break;
            case ExtensionOids.NameConstraints:
                DerValidator.Validate(extension.Value.Span);
                decoded.NameConstraints = GeneralNameReader.ReadConstraints(extension.Value);
                break;
            case ExtensionOids.SubjectKeyIdentifier:
                decoded.SubjectKeyIdentifier = Open(extension).ReadOctetString();
                break;
            case ExtensionOids.AuthorityKeyIdentifier:
                decoded.AuthorityKeyIdentifier = ReadAuthorityKeyIdentifier(OpenSequence(extension));
                break;
            case ExtensionOids.CertificatePolicies:
                decoded.CertificatePolicies = ReadPolicies(OpenSequence(extension));
                break;
            case ExtensionOids.PolicyMappings:
                decoded.PolicyMappings = ReadMappings(OpenSequence(extension));
                break;
            case ExtensionOids.PolicyConstraints:
                decoded.PolicyConstraints = ReadPolicyConstraints(OpenSequence(extension));
                break;
            case ExtensionOids.InhibitAnyPolicy:
                decoded.InhibitAnyPolicy = ReadCount(Open(extension), Asn1Tag.Integer);
                break;
        }
    }

    /// <summary>A reader of one whole DER value.</summary>
    private static AsnReader Open(CertificateExtension extension)
    {
        DerValidator.Validate(extension.Value.Span, MaxValues);
        return new AsnReader(extension.Value, AsnEncodingRules.DER);
    }

    private static AsnReader OpenSequence(CertificateExtension extension) => Open(extension).ReadSequence();

    private static BasicConstraints ReadBasicConstraints(AsnReader sequence)
    {
        // An encoded FALSE is no DER; the Strict profile minds, everybody else reads it.
        var isCertificateAuthority = sequence.HasData && sequence.PeekTag() == Asn1Tag.Boolean && sequence.ReadBoolean();
        int? pathLength = sequence.HasData ? ReadCount(sequence, Asn1Tag.Integer) : null;
        sequence.ThrowIfNotEmpty();
        return new BasicConstraints(isCertificateAuthority, pathLength);
    }

    private static int ReadKeyUsage(AsnReader reader)
    {
        // As in X509KeyUsageFlags: bit 0 (digitalSignature) is 0x80, bit 8 (decipherOnly) is 0x8000.
        var octets = reader.ReadBitString(out _);
        return octets.Length switch
        {
            0 => 0,
            1 => octets[0],
            _ => octets[0] | ((octets[1] & 0x80) << 8),
        };
    }

    private static IReadOnlyList<string> ReadObjectIdentifiers(AsnReader sequence)
    {
        var identifiers = new List<string>();
        while (sequence.HasData)
        {
            identifiers.Add(sequence.ReadObjectIdentifier());
        }

        return NotEmpty(identifiers);
    }

    private static AuthorityKeyIdentifier ReadAuthorityKeyIdentifier(AsnReader sequence)
    {
        byte[] keyIdentifier = HasNext(sequence, s_keyIdentifier) ? sequence.ReadOctetString(s_keyIdentifier) : [];
        var hasIssuer = HasNext(sequence, s_authorityCertIssuer);
        if (hasIssuer)
        {
            GeneralNameReader.ReadNames(sequence.ReadSequence(s_authorityCertIssuer));
        }

        var hasSerialNumber = HasNext(sequence, s_authorityCertSerialNumber);
        if (hasSerialNumber)
        {
            sequence.ReadIntegerBytes(s_authorityCertSerialNumber);
        }

        sequence.ThrowIfNotEmpty();
        return new AuthorityKeyIdentifier(keyIdentifier, hasIssuer, hasSerialNumber);
    }

    private static IReadOnlyList<string> ReadPolicies(AsnReader sequence)
    {
        var policies = new List<string>();
        while (sequence.HasData)
        {
            var policy = sequence.ReadSequence();
            policies.Add(policy.ReadObjectIdentifier());
            if (policy.HasData)
            {
                policy.ReadSequence(); // policyQualifiers: for people
            }

            policy.ThrowIfNotEmpty();
        }

        return NotEmpty(policies);
    }

    private static IReadOnlyList<PolicyMapping> ReadMappings(AsnReader sequence)
    {
        var mappings = new List<PolicyMapping>();
        while (sequence.HasData)
        {
            var pair = sequence.ReadSequence();
            mappings.Add(new PolicyMapping(pair.ReadObjectIdentifier(), pair.ReadObjectIdentifier()));
            pair.ThrowIfNotEmpty();
        }

        return NotEmpty(mappings);
    }

    private static PolicyConstraintSet ReadPolicyConstraints(AsnReader sequence)
    {
        var requireExplicitPolicy = ReadSkipCount(sequence, 0);
        var inhibitPolicyMapping = ReadSkipCount(sequence, 1);
        sequence.ThrowIfNotEmpty();
        return requireExplicitPolicy is null && inhibitPolicyMapping is null
            ? throw new AsnContentException("the sequence is empty.")
            : new PolicyConstraintSet(requireExplicitPolicy, inhibitPolicyMapping);
    }

    private static int? ReadSkipCount(AsnReader sequence, int tagNumber)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, tagNumber);
        return HasNext(sequence, tag) ? ReadCount(sequence, tag) : null;
    }

    private static int ReadCount(AsnReader reader, Asn1Tag tag)
    {
        var octets = reader.ReadIntegerBytes(tag).Span;
        if ((octets[0] & 0x80) != 0)
        {
            throw new AsnContentException("a count is negative.");
        }

        // A count above the longest path there can be says no more than "any".
        if (octets.Length > sizeof(int))
        {
            return int.MaxValue;
        }

        var count = 0;
        foreach (var octet in octets)
        {
            count = (count << 8) | octet;
        }

        return count;
    }

    private static bool HasNext(AsnReader sequence, Asn1Tag tag) => sequence.HasData && sequence.PeekTag() == tag;

    private static IReadOnlyList<T> NotEmpty<T>(List<T> items) =>
        items.Count > 0 ? items.AsReadOnly() : throw new AsnContentException("the sequence is empty.");
}
