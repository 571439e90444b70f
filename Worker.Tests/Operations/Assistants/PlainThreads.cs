using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Tests.Payloads;

namespace OpenAIWorker.Tests.Operations.Assistants;

/// <summary>A provider of assistants that stores no metadata: nothing in its lists has a job's mark.</summary>
sealed class PlainThreads
{
    readonly ConcurrentQueue<string> calls = new();
    readonly ConcurrentQueue<string> bodies = new();

    /// <summary>The states of a run, one for each poll; the last one stays.</summary>
    public string[] States { get; init; } = ["in_progress", "in_progress", "completed"];

    /// <summary>The assistant's answer: the content of its message.</summary>
    public string Content { get; init; } = """[{"type":"text","text":{"value":"Hi.","annotations":[]}}]""";

    /// <summary>Method and path of each call.</summary>
    public IReadOnlyList<string> Calls => [.. calls];

    /// <summary>Everything that it received.</summary>
    public string Bodies => string.Join('\n', bodies);

    public int Count(string call) => calls.Count(made => made == call);

    public Task<FileHost> Start() => FileHost.Start(async http =>
    {
        using var reader = new StreamReader(http.Request.Body);
        bodies.Enqueue(await reader.ReadToEndAsync());
        var call = $"{http.Request.Method} {http.Request.Path}";
        calls.Enqueue(call);
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(Answer(call));
    });

    string Answer(string call) => call switch
    {
        "GET /v1/assistants/asst_1" =>
            """{"id":"asst_1","object":"assistant","model":"m","tools":[{"type":"function","function":"""
                + """{"name":"sky"}}]}""",
        "POST /v1/threads" => """{"id":"thread_1"}""",
        "POST /v1/threads/thread_1/messages" => """{"id":"msg_1","role":"user"}""",
        "POST /v1/threads/thread_1/runs" => Run("queued"),
        "POST /v1/threads/thread_1/runs/run_1/cancel" => Run("cancelling"),
        "POST /v1/threads/thread_1/runs/run_1/submit_tool_outputs" => Run("queued"),
        "GET /v1/threads/thread_1/runs/run_1" => Run(States[Math.Min(Count(call), States.Length) - 1]),
        "GET /v1/threads/thread_1/messages" when Count("POST /v1/threads/thread_1/runs") > 0 =>
            $$"""{"data":[{"id":"msg_2","role":"assistant","content":{{Content}}}]}""",
        _ => """{"data":[]}""",
    };

    static string Run(string status) => JsonSerializer.Serialize(new
    {
        id = "run_1",
        status,
        model = "m",
        required_action = status != "requires_action"
            ? null
            : new
            {
                submit_tool_outputs = new
                {
                    tool_calls = new[] { new { id = "call_1", type = "function",
                function = new { name = "sky", arguments = "{}" } } }
                }
            },
    });
}
