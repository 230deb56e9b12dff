using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace Truststore.Benchmarks;

/// <summary>One measurement of <see cref="ColdStart"/>, in a process of its own.</summary>
internal static class ColdStartChild
{
    /// <summary>Prints the milliseconds from the entry of Main to the verdict, and those of processor time. The exit code is 0 when the chain is trusted.</summary>
    internal static int Run(long start, TimeSpan processorTime, string variant, string directory)
    {
        var trusted = string.Equals(variant, nameof(ColdStartVariant.Truststore), StringComparison.Ordinal) ? VerifyTruststore(directory)
            : string.Equals(variant, nameof(ColdStartVariant.StockSystem), StringComparison.Ordinal) ? VerifyStock(directory, customRoots: false)
            : VerifyStock(directory, customRoots: true);
        var elapsed = Stopwatch.GetElapsedTime(start);
        var used = Environment.CpuUsage.TotalTime - processorTime;
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds} {used.TotalMilliseconds}"));
        return trusted ? 0 : 1;
    }

    private static bool VerifyTruststore(string directory)
    {
        var context = TlsContext.CreateDefault();
        context.LoadVerifyLocations(caFile: Path.Combine(directory, ColdStart.RootFile));
        return context.VerifyChain([.. ReadPeer(directory).Select(c => c.RawDataMemory)], ColdStart.Host).IsTrusted;
    }

    private static bool VerifyStock(string directory, bool customRoots)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (customRoots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.ImportFromPemFile(Path.Combine(directory, ColdStart.BundleFile));
        }

        return new StockVerifier(policy).Verify([.. ReadPeer(directory)], ColdStart.Host, TimeProvider.System.GetUtcNow());
    }

    private static X509Certificate2Collection ReadPeer(string directory)
    {
        // In a handshake the peer's certificates come decoded.
        var peer = new X509Certificate2Collection();
        peer.ImportFromPemFile(Path.Combine(directory, ColdStart.ChainFile));
        return peer;
    }
}
