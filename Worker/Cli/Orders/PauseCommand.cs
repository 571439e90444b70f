using System.CommandLine;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Delivery.Orders;

namespace OpenAIWorker.Cli.Orders;

/// <summary><c>pause</c> and <c>resume</c>: pause and resume a credential of a running installation.</summary>
static class PauseCommand
{
    const string PauseText = """
        Pauses a credential for all workers on the broker of Broker:Uri. Calls that run go on; all other jobs of the credential wait, use up no attempt, and keep
        their order. It holds over restarts of workers, until 'worker resume', or as long as --for says.
        """;

    public static Command Pause(IReadOnlyList<string> settings)
    {
        var credential = Credential();
        var time = TimeOption.Of("--for", "How long, such as 30m or 2h. Without it: until 'worker resume'.");
        var command = new Command("pause", HelpText.Flowing(PauseText)) { credential, time };
        command.SetAction((parsed, cancellation) =>
        {
            var name = parsed.GetRequiredValue(credential);
            OrderRun.Doubt(settings, name);
            return OrderRun.Send(settings, now =>
                new() { Kind = OrderKind.Pause, Credential = name, Until = now + parsed.GetValue(time), At = now },
                order => $"{name} is paused {Until(order, $"'worker resume {name}'")}.", cancellation);
        });
        return command;
    }

    public static Command Resume(IReadOnlyList<string> settings)
    {
        var credential = Credential();
        var command = new Command("resume", "Takes back 'worker pause': the credential's jobs go on.") { credential };
        command.SetAction((parsed, cancellation) => OrderRun.Send(settings,
            now =>
                new()
                {
                    Kind = OrderKind.Pause,
                    Credential = parsed.GetRequiredValue(credential),
                    IsUndone = true,
                    At = now
                },
            order => $"{order.Credential} is resumed.", cancellation));
        return command;
    }

    /// <summary>How long an order applies, in words.</summary>
    public static string Until(Order order, string undo) =>
        order.Until is { } end ? $"until {end:yyyy-MM-dd HH:mm:ss}Z, or {undo}" : $"until {undo}";

    static Argument<string> Credential() =>
        new("CREDENTIAL") { Description = "Its name in the workers' settings, such as default." };
}
