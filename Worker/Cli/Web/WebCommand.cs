using System.CommandLine;
using OpenAIWorker.Cli.CommandLine;
using OpenAIWorker.Settings;
using OpenAIWorker.Web;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Cli.Web;

/// <summary><c>web</c>: jobs over HTTP and the operators' pages, without a worker.</summary>
static class WebCommand
{
    const string Text = """
        Serves jobs over HTTP and the operators' pages at Web:Port, without running jobs itself. Workers with Web:Port do the same beside their jobs.
        It needs the broker of Broker:Uri, and the database of Storage:* with the workers' records (Records:Keep).
        """;

    public static Command Make(IReadOnlyList<string> settings)
    {
        var command = new Command("web", HelpText.Flowing(Text)) { Token() };
        command.SetAction((_, cancellation) => WebRun.Run(settings, cancellation));
        return command;
    }

    static Command Token()
    {
        var name = new Argument<string>("NAME") { Description = "Its name in the settings, such as orders-service." };
        var roles = new Option<string>("--roles")
        {
            HelpName = "ROLES",
            Description = $"Its roles, joined by commas: {string.Join(", ", WebRoles.All)}.",
            DefaultValueFactory = _ => new WebTokenOptions().Roles,
        };
        roles.Validators.Add(given =>
        {
            foreach (var role in NameList.Of(given.GetValueOrDefault<string>()).Except(WebRoles.All))
                given.AddError($"--roles has '{role}'; allowed: {string.Join(", ", WebRoles.All)}.");
        });
        var command = new Command("token", "Makes a token, and shows the settings for it.") { name, roles };
        command.SetAction(parsed =>
        {
            var (token, called) = (TokenHash.NewToken(), parsed.GetRequiredValue(name));
            Told.Out($"Token, shown only once: {token}");
            Told.Out($"Web__Tokens__{called}__Hash={TokenHash.Written(token)}");
            Told.Out($"Web__Tokens__{called}__Roles={parsed.GetValue(roles)}");
            return ExitCodes.Success;
        });
        return command;
    }
}
