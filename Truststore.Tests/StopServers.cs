using Truststore.Tests.Servers;

namespace Truststore.Tests;

/// <summary>Stops the servers that tests have shared, after the last test.</summary>
[SetUpFixture]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class StopServers
{
    [OneTimeTearDown]
    public static Task StopAsync() => SharedServers.StopAsync();
}
