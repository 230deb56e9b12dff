using System.Globalization;
using System.Text;

namespace Truststore.Cli.Commands;

/// <summary>Reads a certificate chain from a file, as it would come from a peer: in its order, and not yet judged.</summary>
internal static class ChainFile
{
    internal const string StandardInput = "-";
    internal const int MaxSize = 16 * 1024 * 1024;

    /// <summary>Reads a chain.</summary>
    /// <param name="path">The file, or <c>-</c> for the standard input.</param>
    /// <param name="environment">Has the standard input, and takes notes on what was skipped.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The certificates in DER, at least one.</returns>
    /// <exception cref="UsageException">The file cannot be used; the message says why.</exception>
    internal static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(string path, CliEnvironment environment, CancellationToken cancellationToken)
    {
        if (path.Length == 0)
        {
            throw new UsageException("FILE is empty; name the file with the certificate chain, or - for the standard input.");
        }

        var name = path is StandardInput ? "the standard input" : $"'{path}'";
        var data = await ReadBytesAsync(path, name, environment, cancellationToken);
        if (data.Length == 0)
        {
            throw new UsageException($"{Capital(name)} is empty; it must hold a certificate chain, the end-entity certificate first.");
        }

        if (data.AsSpan().IndexOf("-----BEGIN "u8) < 0)
        {
            return DerChain.Split(data, Capital(name));
        }

        var pem = PemChain.Read(Encoding.Latin1.GetString(data), Capital(name));
        foreach (var (label, line) in pem.Skipped)
        {
            await environment.WriteErrorAsync(SafeText.Show(string.Create(CultureInfo.InvariantCulture, $"{name}, line {line}: the block '{SafeText.ShowName(label)}' is no certificate and was left out.")));
        }

        return pem.Certificates.Count > 0
            ? pem.Certificates
            : throw new UsageException($"{Capital(name)} has PEM blocks, but none of them is a CERTIFICATE.");
    }

    private static async Task<byte[]> ReadBytesAsync(string path, string name, CliEnvironment environment, CancellationToken cancellationToken)
    {
        if (path is not StandardInput && Directory.Exists(path))
        {
            throw new UsageException($"{Capital(name)} is a directory; name a file with the certificate chain.");
        }

        try
        {
            await using var stream = Open(path, environment);
            return await ReadToEndAsync(stream, cancellationToken)
                ?? throw new UsageException($"{Capital(name)} is larger than {MaxSize / (1024 * 1024)} MiB; that is no certificate chain.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{Capital(name)} does not exist.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UsageException($"{Capital(name)} cannot be read: permission denied.", error);
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{Capital(name)} cannot be read: {error.Message}", error);
        }
    }

    private static Stream Open(string path, CliEnvironment environment)
    {
        if (path is StandardInput)
        {
            return environment.OpenInput();
        }

        return File.OpenRead(path);
    }

    /// <summary>All bytes, or <see langword="null"/> when there are too many.</summary>
    private static async Task<byte[]?> ReadToEndAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var data = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await data.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            if (data.Length > MaxSize)
            {
                return null;
            }
        }

        return data.ToArray();
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
