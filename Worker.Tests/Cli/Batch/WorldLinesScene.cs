using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Cli;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>A batch of lines in the forms of other programs, with a provider that answers everything.</summary>
public abstract class WorldLinesScene : IDisposable
{
    private protected readonly BatchScene scene = new();
    private protected readonly ConcurrentQueue<(string Path, string Body)> called = new();

    private protected Task Run(string file)
    {
        File.Copy(Repository.PathOf($"Worker.Tests/World/Lines/{file}.jsonl"), scene.Input, overwrite: true);
        return Run();
    }

    private protected async Task Run()
    {
        await using var provider = await FileHost.Start(Answer);
        await scene.Run(JobClients.Open([$"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1",
            .. TestSettings.For(null)], null, TimeSpan.Zero));
    }

    private protected async Task Answer(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        called.Enqueue(($"{http.Request.Path}{http.Request.QueryString}", await reader.ReadToEndAsync()));
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(
            """{"id":"x","object":"chat.completion","model":"m","choices":[{"index":"""
                + """0,"finish_reason":"stop","message":{"role":"assistant","content":"yes"}}],"output":[],"data":"""
                + """[{"embedding":[1]}],"results":[{}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""");
    }

    private protected static string Told(JsonElement ending)
    {
        if (!ending.TryGetProperty("custom_id", out var id))
            return $"{ending.GetProperty("jobId")} "
                + $"{(ending.TryGetProperty("code", out var code) ? code : ending.GetProperty("ending"))}";
        return ending.GetProperty("response") is { ValueKind: JsonValueKind.Object } response
            ? $"{id} {response.GetProperty("status_code")}"
            : $"{id} {ending.GetProperty("error").GetProperty("code")}";
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        scene.Dispose();
    }
}
