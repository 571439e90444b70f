using System.CommandLine;

namespace OpenAIWorker.Cli.Check;

/// <summary>
/// <c>check</c>: the effective settings, and with <c>--connect</c> whether broker and provider answer.
/// </summary>
static class CheckCommand
{
    public static Command Make(IReadOnlyList<string> settings)
    {
        var connect = new Option<bool>(
            "--connect")
        { Description = "Also tests the broker, every credential and every store." };
        var command = new Command("check", "Shows the effective settings, secrets as set or missing.") { connect };
        command.SetAction((parsed, cancellation) => CheckRun.Run(settings, parsed.GetValue(connect), cancellation));
        return command;
    }
}
