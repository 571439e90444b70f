using System.CommandLine;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Delivery.Orders;

namespace OpenAIWorker.Cli.Orders;

/// <summary><c>pause</c> and <c>resume</c>: pause and resume a credential of a running installation.</summary>
static class PauseCommand
{
    const string PauseText = """
        Pauses a credential for all workers on the broker of Broker:Uri. Running calls continue; all other jobs of the credential wait, use no attempt, and keep
        their order. It survives restarts of workers, and applies until 'worker resume', or for the time of --for.
        """;

    public static Command Pause(IReadOnlyList<string> settings)
    {
        var credential = Credential();
        var time = TimeOption.Of("--for", "The duration, such as 30m or 2h. Without it: until 'worker resume'.");
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
        var command = new Command("resume", "Ends a 'worker pause': the credential's jobs continue.") { credential };
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
