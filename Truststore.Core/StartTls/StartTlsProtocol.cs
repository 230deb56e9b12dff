namespace Truststore;

/// <summary>The protocols that change from plaintext to TLS on a connection, or that have a rule of their own about how TLS begins.</summary>
public enum StartTlsProtocol
{
    /// <summary>SMTP: <c>EHLO</c>, <c>STARTTLS</c> (RFC 3207, RFC 5321). Port 25; submission is on 587 (RFC 6409).</summary>
    Smtp,

    /// <summary>LMTP: <c>LHLO</c>, <c>STARTTLS</c> (RFC 2033, RFC 3207). Port 24.</summary>
    Lmtp,

    /// <summary>IMAP: <c>CAPABILITY</c>, <c>STARTTLS</c> (RFC 9051 §6.2.1, RFC 3501 §6.2.1). Port 143.</summary>
    Imap,

    /// <summary>POP3: <c>CAPA</c>, <c>STLS</c> (RFC 2595 §4, RFC 2449). Port 110.</summary>
    Pop3,

    /// <summary>LDAP: the StartTLS extended operation (RFC 4511 §4.14). Port 389.</summary>
    Ldap,

    /// <summary>PostgreSQL: the SSLRequest message (PostgreSQL documentation, "SSL Session Encryption"). Port 5432.</summary>
    PostgreSql,

    /// <summary>PostgreSQL 17 and later: TLS from the first byte, with the application protocol <c>postgresql</c> negotiated by ALPN. Port 5432.</summary>
    PostgreSqlDirect,

    /// <summary>MySQL and MariaDB: the SSLRequest packet after the server's handshake packet, version 10 (MySQL documentation, "Connection Phase"). Port 3306.</summary>
    MySql,

    /// <summary>XMPP from client to server: stream features, <c>starttls</c> (RFC 6120 §5, RFC 7590). Port 5222.</summary>
    Xmpp,

    /// <summary>XMPP from server to server: stream features, <c>starttls</c> (RFC 6120 §5, RFC 7590). Port 5269.</summary>
    XmppServer,

    /// <summary>FTP: <c>AUTH TLS</c> (RFC 4217, RFC 2228). Port 21. Protects the control connection; <c>PBSZ</c> and <c>PROT</c> are the caller's.</summary>
    Ftp,

    /// <summary>NNTP: <c>CAPABILITIES</c>, <c>STARTTLS</c> (RFC 4642, RFC 3977). Port 119.</summary>
    Nntp,

    /// <summary>ManageSieve: <c>STARTTLS</c> (RFC 5804 §2.2). Port 4190.</summary>
    ManageSieve,

    /// <summary>IRC: the capability <c>tls</c> and <c>STARTTLS</c> of IRCv3. Port 6667. IRCv3 has deprecated it: prefer a port that speaks TLS from the first byte (6697, RFC 7194).</summary>
    Irc,
}
