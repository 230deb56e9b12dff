using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;

namespace Truststore.Benchmarks;

/// <summary>The two ways in which .NET itself can be made to trust the system's anchors and one more root.</summary>
internal static partial class StockTrust
{
    internal const string FileVariable = "SSL_CERT_FILE";
    internal const string DirectoryVariable = "SSL_CERT_DIR";

    private static readonly string s_file = Path.Combine(Path.GetTempPath(), $"truststore-benchmarks-{Environment.ProcessId}.pem");

    /// <summary>A custom root store: all of the system's anchors, and the root.</summary>
    internal static X509ChainPolicy CustomRoots(X509Certificate2 root)
    {
        var policy = Policy(X509ChainTrustMode.CustomRootTrust);
        policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(root.RawDataMemory.Span));
        foreach (var anchor in SystemTrust.Anchors.List())
        {
            policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(anchor.Certificate.RawData.Span));
        }

        return policy;
    }

    /// <summary>
    /// The system's store, into which the root comes by way of SSL_CERT_FILE; the system's anchors are still read from OpenSSL's default directory. The runtime reads the native
    /// variable, once, so this must come before the first use of the store; that Truststore reads the managed one keeps the two apart.
    /// </summary>
    internal static X509ChainPolicy System(X509Certificate2 root)
    {
        File.WriteAllText(s_file, root.ExportCertificatePem());
        if (SetEnvironmentVariable(FileVariable, s_file, overwrite: 1) != 0)
        {
            throw new InvalidOperationException($"The environment variable {FileVariable} cannot be set.");
        }

        return Policy(X509ChainTrustMode.System);
    }

    internal static void DeleteFile() => File.Delete(s_file);

    private static X509ChainPolicy Policy(X509ChainTrustMode mode) => new()
    {
        TrustMode = mode,
        RevocationMode = X509RevocationMode.NoCheck,
    };

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
