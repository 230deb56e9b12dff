using System.Reflection;
using System.Runtime.InteropServices;
using Truststore.Platform.Windows.Interop;

namespace Truststore.Tests.Windows.Seam;

/// <summary>The structures as the headers of the Windows SDK lay them out on 64-bit systems.</summary>
internal sealed class StructLayoutTests
{
    private static IEnumerable<TestCaseData> Layouts()
    {
        yield return Layout<CertTrustStatus>(8, 0, 4);
        yield return Layout<CertContext>(40, 0, 8, 16, 24, 32);
        yield return Layout<CertChainElement>(56, 0, 8, 16, 24, 32, 40, 48);
        yield return Layout<CertRevocationInfo>(40, 0, 4, 8, 16, 24, 28, 32);
        yield return Layout<CertSimpleChain>(40, 0, 4, 12, 16, 24, 32, 36);
        yield return Layout<CertChainContext>(72, 0, 4, 12, 16, 24, 32, 40, 44, 48, 52);
        yield return Layout<CtlUsage>(16, 0, 8);
        yield return Layout<CertUsageMatch>(24, 0, 8);
        yield return Layout<CertChainPara>(96, 0, 8, 32, 56, 60, 64, 72, 80, 88);
        yield return Layout<CertChainEngineConfig>(88, 0, 8, 16, 24, 32, 40, 48, 52, 56, 60, 64, 72, 80);
        yield return Layout<CertChainPolicyPara>(16, 0, 4, 8);
        yield return Layout<CertChainPolicyStatus>(24, 0, 4, 8, 12, 16);
        yield return Layout<SslExtraCertChainPolicyPara>(24, 0, 4, 8, 16);
    }

    [TestCaseSource(nameof(Layouts))]
    public void Layout_Structure_IsThatOfTheHeader(Type type, int size, int[] offsets)
    {
        var fields = type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).OrderBy(field => field.MetadataToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Marshal.SizeOf(type), Is.EqualTo(size));
            Assert.That(fields.Select(field => (int)Marshal.OffsetOf(type, field.Name)), Is.EqualTo(offsets));
        }
    }

    private static TestCaseData Layout<T>(int size, params int[] offsets)
        where T : unmanaged => new TestCaseData(typeof(T), size, offsets).SetArgDisplayNames(typeof(T).Name);
}
