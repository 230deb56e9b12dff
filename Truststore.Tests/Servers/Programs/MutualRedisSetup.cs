namespace Truststore.Tests.Servers.Programs;

/// <summary>Redis for clients with a certificate only.</summary>
internal sealed class MutualRedisSetup : RedisSetup
{
    protected override bool AsksClients => true;
}
