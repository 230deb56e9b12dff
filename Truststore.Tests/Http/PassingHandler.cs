namespace Truststore.Tests.Http;

/// <summary>A handler that adds nothing.</summary>
internal sealed class PassingHandler : DelegatingHandler
{
    internal PassingHandler()
    {
    }

    internal PassingHandler(HttpMessageHandler inner)
        : base(inner)
    {
    }
}
