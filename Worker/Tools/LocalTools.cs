using System.Net.Http.Headers;
using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;

namespace OpenAIWorker.Tools;

/// <summary>Functions that are programs on this machine or HTTP endpoints, both only from the settings.</summary>
sealed class LocalTools(HttpClient http)
{
    /// <summary>In bytes.</summary>
    public const int LongestAnswer = 1024 * 1024;

    const int LongestError = 1000;

    /// <summary>The answer as a text for the model, even after an error.</summary>
    public async Task<string> Answer(ToolOptions tool, CallTool call, TimeSpan timeout, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return ToolWords.Of(tool.Url is { } url
                ? await Post(url, tool.Authorization, call, either.Token)
                : await ToolProgram.Run(tool, call, either.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ToolWords.Error($"The tool did not answer within {timeout}.");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or InvalidDataException
            or System.ComponentModel.Win32Exception)
        {
            return ToolWords.Error(tool.Url is null
                ? "The tool's program could not be started."
                : "The tool could not be reached.");
        }
    }

    async Task<ToolAnswered> Post(Uri url, string? authorization, CallTool call, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post,
            url)
        { Content = new StringContent(call.Arguments.GetRawText(), Encoding.UTF8, "application/json") };
        message.Headers.Add("Idempotency-Key", call.CallId);
        message.Headers.Add("X-Job-Id", Uri.EscapeDataString(call.JobId));
        if (authorization is not null)
            message.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        using var answer = await http.SendAsync(message, cancellation);
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode
            ? new() { Text = body }
            : new() { Error = $"The tool answered {(int)answer.StatusCode}: {Cut(body)}" };
    }

    static string Cut(string text) => Excerpt.Of(text.Trim(), LongestError);
}
