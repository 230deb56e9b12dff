using Truststore.Tests.Servers;

namespace Truststore.Tests.Recipes;

/// <summary>The servers of the recipes, which present <see cref="RecipePki.Server"/>.</summary>
internal static class RecipeServers
{
    /// <summary>The port of a running server; skips the test where it cannot run.</summary>
    internal static async Task<int> PortOfAsync<T>()
        where T : ServerSetup, new() => (await SharedServers.GetAsync<T>(nameof(RecipePki), [.. RecipePki.Instance.Server.ServerChain])).Ports[0];
}
