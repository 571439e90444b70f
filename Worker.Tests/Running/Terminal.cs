using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Tests.Running;

/// <summary>
/// The real program in a pseudo-terminal of a given width, made by <c>script</c>: what a person would see on the
/// screen.
/// </summary>
static partial class Terminal
{
    /// <summary>The byte that the keyboard sends for Ctrl-C.</summary>
    public const string Interrupt = "\u0003";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    /// <param name="columns">Its width.</param>
    /// <param name="arguments">The worker's arguments.</param>
    /// <param name="keys">What is typed, and when; null types nothing.</param>
    public static Task<Screen> Run(int columns, IEnumerable<string> arguments, Func<Task<string>>? keys = null) =>
        RunWatched(columns, arguments, keys is null ? null : _ => keys());

    /// <param name="columns">Its width.</param>
    /// <param name="arguments">The worker's arguments.</param>
    /// <param name="keys">Returns what is typed, and when. Its argument is the screen so far.</param>
    public static Task<Screen> RunWatched(int columns, IEnumerable<string> arguments,
        Func<Func<string>, Task<string>>? keys) => RunTyped(columns, arguments, soFar => Once(keys, soFar));

    /// <param name="columns">Its width.</param>
    /// <param name="arguments">The worker's arguments.</param>
    /// <param name="keys">Return what is typed, one after the other. Their argument is the screen so far.</param>
    public static async Task<Screen> RunTyped(int columns, IEnumerable<string> arguments,
        Func<Func<string>, IAsyncEnumerable<string>> keys)
    {
        // A program in the background of a shell ignores Ctrl-C, and its children inherit that.
        var line =
            $"stty cols {columns} rows 40; exec env --default-signal=INT dotnet "
                + $"{string.Join(' ', arguments.Prepend(WorkerProgram.Path).Select(Quoted))}";
        using var process = Process.Start(new ProcessStartInfo("script", ["-qec", line, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["TERM"] = "xterm-256color", ["SHELL"] = "/bin/sh", ["OPENAI_API_KEY"] = "",
                ["OPENAI_BASE_URL"] = "" },
        })!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var screen = new StringBuilder();
            var written = Read(process.StandardOutput, screen, patience.Token);
            await foreach (var typed in keys(() => TextOf(screen)))
            {
                await process.StandardInput.WriteAsync(typed);
                await process.StandardInput.FlushAsync(patience.Token);
            }
            await process.WaitForExitAsync(patience.Token);
            await written;
            return new(TextOf(screen), process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    static async IAsyncEnumerable<string> Once(Func<Func<string>, Task<string>>? keys, Func<string> soFar)
    {
        if (keys is not null)
            yield return await keys(soFar);
    }

    static async Task Read(StreamReader output, StringBuilder screen, CancellationToken cancellation)
    {
        var buffer = new char[4096];
        while (await output.ReadAsync(buffer, cancellation) is > 0 and var count)
            lock (screen)
                screen.Append(buffer, 0, count);
    }

    static string TextOf(StringBuilder screen)
    {
        lock (screen)
            return Escapes().Replace(screen.ToString(), "");
    }

    static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\x1b(\[[0-9;?]*[A-Za-z]|[=>])")]
    private static partial Regex Escapes();
}

/// <summary>The whole output without cursor movements, and the exit code.</summary>
sealed record Screen(string Text, int ExitCode)
{
    public IReadOnlyList<string> Lines => [.. Text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)];
}
