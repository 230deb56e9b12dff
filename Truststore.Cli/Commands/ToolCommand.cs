using System.CommandLine;

namespace Truststore.Cli.Commands;

/// <summary>A command that says in its help what its exit codes mean and how it is used.</summary>
internal sealed class ToolCommand(string name, string description) : Command(name, description)
{
    internal IReadOnlyList<(int Code, string Meaning)> ExitCodes { get; set; } = [];

    internal IReadOnlyList<string> Examples { get; set; } = [];
}
