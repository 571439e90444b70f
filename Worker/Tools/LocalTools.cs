using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Tools;

/// <summary>Functions that are programs on this machine or HTTP endpoints, both from the settings alone.</summary>
sealed class LocalTools(HttpClient http)
{
    /// <summary>In bytes.</summary>
    public const int LongestAnswer = 1024 * 1024;

    const int LongestError = 1000;

    // Of the worker's environment a program sees this much: the rest may be secret.
    static readonly string[] Inherited = ["PATH", "HOME", "LANG", "TZ", "TMPDIR", "SYSTEMROOT", "TEMP"];

    /// <summary>The answer in words for the model, whatever goes wrong.</summary>
    public async Task<string> Answer(ToolOptions tool, CallTool call, TimeSpan timeout, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return ToolWords.Of(tool.Url is { } url ? await Post(url, tool.Authorization, call, either.Token) : await Run(tool, call, either.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ToolWords.Error($"The tool did not answer within {timeout}.");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or System.ComponentModel.Win32Exception)
        {
            return ToolWords.Error($"The tool could not be reached: {broken.Message}");
        }
    }

    async Task<ToolAnswered> Post(Uri url, string? authorization, CallTool call, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(call.Arguments.GetRawText(), Encoding.UTF8, "application/json") };
        message.Headers.Add("Idempotency-Key", call.CallId);
        message.Headers.Add("X-Job-Id", Uri.EscapeDataString(call.JobId));
        if (authorization is not null)
            message.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        using var answer = await http.SendAsync(message, cancellation);
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode ? new() { Text = body } : new() { Error = $"The tool answered {(int)answer.StatusCode}: {Cut(body)}" };
    }

    static async Task<ToolAnswered> Run(ToolOptions tool, CallTool call, CancellationToken cancellation)
    {
        using var program = Process.Start(Start(tool, call))!;
        try
        {
            var output = program.StandardOutput.ReadToEndAsync(cancellation);
            var errors = program.StandardError.ReadToEndAsync(cancellation);
            await Give(program, call.Arguments.GetRawText(), cancellation);
            await program.WaitForExitAsync(cancellation);
            return program.ExitCode == 0 ? new() { Text = await output } : new() { Error = $"The tool ended with {program.ExitCode}: {Cut(await errors)}" };
        }
        catch (OperationCanceledException)
        {
            program.Kill(entireProcessTree: true);
            throw;
        }
    }

    static ProcessStartInfo Start(ToolOptions tool, CallTool call)
    {
        var start = new ProcessStartInfo(ProgramFile.Of(tool.Command!), tool.Arguments ?? "") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var name in Inherited)
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        start.Environment["TOOL_CALL_ID"] = call.CallId;
        start.Environment["TOOL_NAME"] = call.Name;
        start.Environment["JOB_ID"] = call.JobId;
        return start;
    }

    // A program need not read what it is given.
    static async Task Give(Process program, string arguments, CancellationToken cancellation)
    {
        try
        {
            await program.StandardInput.WriteAsync(arguments.AsMemory(), cancellation);
            program.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended, or closed its input.
        }
    }

    static string Cut(string text) => Excerpt.Of(text.Trim(), LongestError);
}
