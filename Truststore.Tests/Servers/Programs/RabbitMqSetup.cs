namespace Truststore.Tests.Servers.Programs;

/// <summary>RabbitMQ without plug-ins; knows the user guest.</summary>
internal sealed class RabbitMqSetup : ServerSetup
{
    internal override string Program => "/usr/lib/rabbitmq/bin/rabbitmq-server";

    internal override string Packages => "rabbitmq-server";

    internal override string User => "rabbitmq";

    internal override bool NeedsRoot => true;

    // AMQP, and Erlang's own two: between nodes, and the port mapper, which outlives the server unless it is told not to.
    internal override int PortCount => 3;

    internal override IEnumerable<string> EnvironmentOf(ServerFolder folder) =>
    [
        "HOME=" + folder.FullName,
        "RABBITMQ_HOME=/usr/lib/rabbitmq",
        "RABBITMQ_NODENAME=truststore@localhost",
        "RABBITMQ_MNESIA_BASE=" + folder.PathOf("mnesia"),
        "RABBITMQ_LOG_BASE=" + folder.PathOf("log"),
        "RABBITMQ_PID_FILE=" + folder.PathOf("pid"),
        "RABBITMQ_ENABLED_PLUGINS_FILE=" + folder.PathOf("plugins"),
        "RABBITMQ_CONFIG_FILE=" + folder.PathOf("rabbitmq.conf"),
        "RABBITMQ_CONF_ENV_FILE=" + folder.PathOf("environment"),
    ];

    internal override IEnumerable<string> Configure(ServerFolder folder, IReadOnlyList<int> ports)
    {
        folder.Write("environment", $"DIST_PORT={ports[1]}\nSERVER_ADDITIONAL_ERL_ARGS=\"+S 1:1\"\nexport ERL_EPMD_PORT={ports[2]} ERL_EPMD_ADDRESS=127.0.0.1\n");
        folder.Write(
            "rabbitmq.conf",
            $"""
            listeners.tcp = none
            listeners.ssl.1 = 127.0.0.1:{ports[0]}
            ssl_options.certfile = {folder.CertificateFile}
            ssl_options.keyfile = {folder.KeyFile}
            ssl_options.cacertfile = {folder.CertificateFile}
            ssl_options.verify = verify_none
            ssl_options.fail_if_no_peer_cert = false
            log.console = false
            log.file = false

            """);
        return [];
    }

    internal override Task CleanUpAsync(ServerFolder folder, IReadOnlyList<int> ports) => RunAsync(folder, "/usr/bin/epmd", "-port", $"{ports[2]}", "-kill");
}
