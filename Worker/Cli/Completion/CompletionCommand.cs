using System.CommandLine;

namespace OpenAIWorker.Cli.Completion;

/// <summary><c>completion</c>: prints a script with which a shell completes verbs, options and values.</summary>
static class CompletionCommand
{
    const string Description = """
        Prints a script by which a shell completes verbs, options and values.

          bash   source <(worker completion bash)   in ~/.bashrc
          zsh    source <(worker completion zsh)    in ~/.zshrc, after compinit
          fish   worker completion fish | source    in ~/.config/fish/config.fish
          pwsh   worker completion pwsh | Out-String | Invoke-Expression   in $PROFILE
        """;

    public static Command Make()
    {
        var shell = new Argument<string>("SHELL") { HelpName = "SHELL", Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong([.. ShellScripts.Of.Keys]);
        var command = new Command("completion", Description) { shell };
        command.SetAction(parsed => Console.Out.Write(ShellScripts.Of[parsed.GetValue(shell)!]));
        return command;
    }

    /// <summary>Whether a shell asks how a line can continue: <c>[suggest:12] "worker send"</c>.</summary>
    public static bool IsQuestion(IReadOnlyList<string> args) =>
        args.Count > 0 && args[0].StartsWith("[suggest", StringComparison.Ordinal);
}
