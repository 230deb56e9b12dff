namespace Truststore.Tests.Linux.Differential;

/// <summary>All paths from the end-entity certificate to an anchor that names allow; neither good nor bad, and found without any of what the verifier does to be quick.</summary>
internal static class PathEnumeration
{
    private const int MaxPaths = 40;
    private const int MaxLength = 9;

    internal static IReadOnlyList<IReadOnlyList<CertificateInfo>> Of(DifferentialCase testCase)
    {
        var paths = new List<IReadOnlyList<CertificateInfo>>();
        if (testCase.EndEntity is { } endEntity)
        {
            Extend(testCase, [endEntity], paths);
        }

        return paths;
    }

    /// <summary>Whether two certificates are for one name and key (RFC 4158 §5.2): a path does not go through both.</summary>
    private static bool IsSame(CertificateInfo one, CertificateInfo other) => one.SubjectPublicKeyInfo.Span.SequenceEqual(other.SubjectPublicKeyInfo.Span) && one.Subject.Equals(other.Subject);

    private static void Extend(DifferentialCase testCase, List<CertificateInfo> path, List<IReadOnlyList<CertificateInfo>> paths)
    {
        if (testCase.Anchors.Any(a => a.Is(path[^1])))
        {
            paths.Add([.. path]);
        }

        foreach (var issuer in testCase.Certificates)
        {
            if (paths.Count < MaxPaths && path.Count < MaxLength && issuer.Subject.Equals(path[^1].Issuer) && !path.Exists(c => IsSame(c, issuer)))
            {
                path.Add(issuer);
                Extend(testCase, path, paths);
                path.RemoveAt(path.Count - 1);
            }
        }
    }
}
