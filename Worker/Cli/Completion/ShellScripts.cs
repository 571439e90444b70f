namespace OpenAIWorker.Cli.Completion;

/// <summary>The script for each shell, which asks the program how the line can continue.</summary>
static class ShellScripts
{
    public static readonly IReadOnlyDictionary<string, string> Of =
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["bash"] = """
            _worker() {
                local word="${COMP_WORDS[COMP_CWORD]}" line="${COMP_LINE:0:COMP_POINT}" IFS=$'\n'
                COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word"))
            }
            complete -o default -F _worker worker openai-worker

            """,
            ["fish"] = """
            function __worker
                set -l line (commandline -cp)
                set -l words (commandline -opc)
                $words[1] "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete -c worker -a '(__worker)'
            complete -c openai-worker -a '(__worker)'

            """,
            ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName worker, openai-worker -ScriptBlock {
                param($word, $ast, $cursor)
                $line = $ast.ToString().PadRight($cursor)
                & $ast.CommandElements[0].ToString() "[suggest:$cursor]" $line 2>$null |
                    Where-Object { $_ -like "$word*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }

            """,
            ["zsh"] = """
            _worker() {
                local line="${BUFFER[1,CURSOR]}"
                compadd -- ${(f)"$(${words[1]} "[suggest:${#line}]" "$line" 2>/dev/null)"} || _files
            }
            compdef _worker worker openai-worker

            """,
        };
}
