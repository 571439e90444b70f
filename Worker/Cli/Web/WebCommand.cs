using System.CommandLine;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Web;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Cli.Web;

/// <summary><c>web</c>: jobs over HTTP and the operators' pages, without a worker.</summary>
static class WebCommand
{
    const string Text = """
        Serves jobs over HTTP and the operators' pages at Web:Port, without taking jobs itself. Workers do the same beside their jobs where they have Web:Port.
        It needs the broker of Broker:Uri and the database of Storage:*, where the workers keep records (Records:Keep).
        """;

    public static Command Make(IReadOnlyList<string> settings)
    {
        var command = new Command("web", HelpText.Flowing(Text)) { Token() };
        command.SetAction((_, cancellation) => WebRun.Run(settings, cancellation));
        return command;
    }

    static Command Token()
    {
        var name = new Argument<string>("NAME") { Description = "How the settings call it, such as orders-service." };
        var roles = new Option<string>("--roles")
        {
            HelpName = "ROLES",
            Description = $"What it allows, joined by commas: {string.Join(", ", WebRoles.All)}.",
            DefaultValueFactory = _ => new WebTokenOptions().Roles,
        };
        var command = new Command("token", "Makes a token, and shows the settings that let it in.") { name, roles };
        command.SetAction(parsed =>
        {
            var (token, called) = (TokenHash.NewToken(), parsed.GetRequiredValue(name));
            Told.Out($"Token, shown this once: {token}");
            Told.Out($"Web__Tokens__{called}__Hash={TokenHash.Written(token)}");
            Told.Out($"Web__Tokens__{called}__Roles={parsed.GetValue(roles)}");
            return ExitCodes.Success;
        });
        return command;
    }
}
