using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Completion;

/// <summary>The script in a real bash that calls the real program.</summary>
public sealed class BashSpecs
{
    [Theory]
    [InlineData("worker se", "send settings", "check")]
    [InlineData("worker send message-m", "message-model", "send")]
    [InlineData("worker send message-model --mod", "--model", "--messages")]
    [InlineData("worker completion ", "bash fish pwsh zsh", "send")]
    public async Task Bash_completes_verbs_options_and_values(string line, string has, string hasNot)
    {
        const string script = """
            shim="$(mktemp -d)"; trap 'rm -r "$shim"' EXIT
            printf '#!/bin/sh\nexec dotnet "%s" "$@"\n' "$1" > "$shim/worker"; chmod +x "$shim/worker"; PATH="$shim:$PATH"
            source <(worker completion bash)
            read -ra COMP_WORDS <<< "$2"; [[ "$2" == *" " ]] && COMP_WORDS+=("")
            COMP_LINE="$2" COMP_POINT=${#2} COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _worker
            echo " ${COMPREPLY[*]} "
            """;

        var said = await ForeignProgram.Run("bash", "", "-c", script, "bash", WorkerProgram.Path, line);

        Assert.All(has.Split(' '), word => Assert.Contains($" {word} ", $" {said} ", StringComparison.Ordinal));
        Assert.DoesNotContain($" {hasNot} ", $" {said} ", StringComparison.Ordinal);
    }
}
