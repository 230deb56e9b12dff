using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Truststore.Platform.MacOS;
using Truststore.Platform.MacOS.Interop;

namespace Truststore.Tests.MacOS;

/// <summary>Builds the stand-in for Apple's frameworks with the machine's C compiler, once, and lets the verifier's imports lead there.</summary>
internal sealed class StandInLibrary
{
    private const string Compiler = "cc";
    private const string CoreFoundationName = "libcorefoundation.so";
    private const string SecurityName = "libsecurity.so";

    private static readonly Lazy<(StandInLibrary? Library, string Problem, bool IsMissing)> s_instance = new(Create);

    private StandInLibrary(string folder)
    {
        CoreFoundation = NativeLibrary.Load(Path.Combine(folder, CoreFoundationName));
        Security = NativeLibrary.Load(Path.Combine(folder, SecurityName));
        Frameworks.Load = Resolve;
        NativeLibrary.SetDllImportResolver(typeof(MacOSChainVerifier).Assembly, (name, _, _) => Resolve(name));
    }

    internal nint CoreFoundation { get; }

    internal nint Security { get; }

    /// <summary>The stand-in; skips the test where it cannot be built.</summary>
    internal static StandInLibrary Require()
    {
        var (library, problem, isMissing) = s_instance.Value;
        if (library is null && isMissing)
        {
            TestPrerequisites.Missing(problem);
        }

        return library ?? throw new InvalidOperationException(problem);
    }

    internal static TDelegate Function<TDelegate>(nint library, string name)
        where TDelegate : Delegate => Marshal.GetDelegateForFunctionPointer<TDelegate>(NativeLibrary.GetExport(library, name));

    private nint Resolve(string name) => name switch
    {
        Frameworks.CoreFoundation => CoreFoundation,
        Frameworks.Security => Security,
        _ => throw new DllNotFoundException(name),
    };

    private static (StandInLibrary? Library, string Problem, bool IsMissing) Create()
    {
        if (!OperatingSystem.IsLinux())
        {
            return (null, "the stand-in for Apple's frameworks is built on Linux only; run the tests there", true);
        }

        var sources = Path.Combine(AppContext.BaseDirectory, "MacOS", "MacOSStandIn");
        var folder = Path.Combine(sources, "built-" + HashOf(sources));
        if (Directory.Exists(folder))
        {
            return (new StandInLibrary(folder), "", false);
        }

        var building = Directory.CreateDirectory(folder + "-" + Guid.NewGuid().ToString("N")).FullName;
        var (problem, isMissing) = Build(building);
        if (problem is not null)
        {
            Directory.Delete(building, recursive: true);
            return (null, problem, isMissing);
        }

        Publish(building, folder);
        return (new StandInLibrary(folder), "", false);
    }

    private static (string? Problem, bool IsMissing) Build(string folder)
    {
        try
        {
            var errors = Compile(folder, $"-o {CoreFoundationName} ../corefoundation.c -lpthread")
                ?? Compile(folder, $"-o {SecurityName} ../security.c -L. -lcorefoundation -lcrypto -Wl,-rpath,$ORIGIN");
            return errors switch
            {
                null => (null, false),
                _ when errors.Contains("No such file or directory", StringComparison.Ordinal) || errors.Contains("cannot find -l", StringComparison.Ordinal) => ($"headers or libraries (apt-get install libc6-dev libssl-dev): {errors}", true),
                _ => ($"The stand-in for Apple's frameworks does not compile: {errors}", false),
            };
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            return ($"a C compiler, {Compiler} (apt-get install gcc libc6-dev libssl-dev): {error.Message}", true);
        }
    }

    /// <summary>Another run of the tests may have been first; both have built the same.</summary>
    private static void Publish(string building, string folder)
    {
        try
        {
            Directory.Move(building, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(building, recursive: true);
        }
    }

    private static string HashOf(string sources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(sources, "*.?").Order(StringComparer.Ordinal))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static string? Compile(string folder, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Compiler, "-std=gnu11 -Wall -Wextra -Werror -O1 -fPIC -shared " + arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : errors.Trim();
    }
}
