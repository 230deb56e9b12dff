namespace Truststore.Tests.Handshakes.Servers;

/// <summary>The servers that handshakes are tested against.</summary>
public enum ServerProgram
{
    /// <summary>The program <c>openssl s_server</c>; one process a certificate.</summary>
    OpenSsl,

    /// <summary>The program nginx; one for all certificates, told apart by server name indication.</summary>
    Nginx,

    /// <summary>Kestrel in this process; one for all certificates, told apart by server name indication.</summary>
    Kestrel,
}
