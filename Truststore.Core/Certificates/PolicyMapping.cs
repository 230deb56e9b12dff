namespace Truststore.Certificates;

/// <summary>One pair of a policy mappings extension (RFC 5280 §4.2.1.5).</summary>
internal sealed record PolicyMapping(string IssuerDomainPolicy, string SubjectDomainPolicy);
