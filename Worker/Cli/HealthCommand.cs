using System.CommandLine;
using OpenAIWorker.Health;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli;

/// <summary><c>health</c>: asks a worker on this machine at its health port.</summary>
static class HealthCommand
{
    public static Command Make(IReadOnlyList<string> settings)
    {
        var live = new Option<bool>("--live") { Description = "Asks only whether it runs, not whether it is ready." };
        var command = new Command("health",
            "Asks the worker on this machine, at Health:Port, whether it is ready; ends with 0 if it is.") { live };
        command.SetAction((parsed, cancellation) =>
            Run(settings, parsed.GetValue(live) ? HealthServer.Live : HealthServer.Ready, cancellation));
        return command;
    }

    static async Task<int> Run(IReadOnlyList<string> settings, string path, CancellationToken cancellation)
    {
        if (WorkerHost.Settings(settings).Configuration.Read<HealthOptions>().Port is not { } port)
            throw new SettingsException(
                ["Health:Port is missing. Set it to the worker's value, such as Health__Port=8081."]);
        var (isGood, says) = await HealthQuery.Ask(port, path, cancellation);
        Console.Out.WriteLine(says);
        return isGood ? ExitCodes.Success : ExitCodes.Failed;
    }
}
