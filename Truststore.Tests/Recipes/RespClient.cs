using System.Text;

namespace Truststore.Tests.Recipes;

/// <summary>As much of Redis's protocol as a PING needs.</summary>
internal static class RespClient
{
    internal static async Task<string> PingAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
        var answer = new byte[7];
        await stream.ReadExactlyAsync(answer, cancellationToken);
        return Encoding.ASCII.GetString(answer).TrimEnd();
    }
}
