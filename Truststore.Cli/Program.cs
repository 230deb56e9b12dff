using Truststore.Cli;

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupt.Cancel();
};

return await CliProgram.RunAsync(args, CliEnvironment.ForProcess(), interrupt.Token);
