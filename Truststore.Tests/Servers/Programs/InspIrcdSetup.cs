namespace Truststore.Tests.Servers.Programs;

/// <summary>InspIRCd, which still has the deprecated STARTTLS.</summary>
internal sealed class InspIrcdSetup : ServerSetup
{
    internal override string Program => "inspircd";

    internal override string Packages => "inspircd";

    internal override string User => "irc";

    internal override IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports) =>
    [
        "--nofork",
        "--config", folder.Write(
            "inspircd.conf",
            $"""
            <server name="irc.example.com" description="test" network="Test">
            <admin name="a" nick="a" email="a@example.com">
            <bind address="127.0.0.1" port="{ports[0]}" type="clients">
            <connect allow="*" resolvehostnames="no">
            <path configdir="{folder.FullName}" datadir="{folder.FullName}" logdir="{folder.FullName}" runtimedir="{folder.FullName}" moduledir="/usr/lib/inspircd/modules">
            <pid file="{folder.PathOf("pid")}">
            <module name="cap">
            <module name="ssl_gnutls">
            <module name="starttls">
            <sslprofile name="default" provider="gnutls" certfile="{folder.CertificateFile}" keyfile="{folder.KeyFile}">
            <starttls profile="default">

            """),
    ];
}
