using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Assistants.Notes;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Assistants.Native;

/// <summary>A thread of the provider, as one job sees it: the job finds its own messages by its mark.</summary>
sealed class NativeThread(OpenAICalls calls, MessageAssistant request, string id)
{
    string Path => ApiPath.Of("threads", "threadId", id);

    public static async Task<string> Create(OpenAICalls calls, MessageAssistant request, CancellationToken cancellation)
    {
        var thread = await calls.Send("POST", "threads",
            new JsonBody { { "metadata", CreatorMark.Of(request) } }.ToContent(), cancellation);
        return thread.Body.Id() ?? throw thread.Broken("a thread that has no id");
    }

    public Task<ProviderResponse> Run(string run, CancellationToken cancellation) =>
        calls.Send("GET", $"{Path}/{ApiPath.Of("runs", "run", run)}", null, cancellation);

    public Task<ProviderResponse> Cancel(string run, CancellationToken cancellation) =>
        calls.Send("POST", $"{Path}/{ApiPath.Of("runs", "run", run)}/cancel", null, cancellation);

    /// <summary>The run of this job, if it has started one.</summary>
    public async Task<string?> OwnRun(CancellationToken cancellation) =>
        Marked(await calls.Send("GET", $"{Path}/runs?limit=100", null, cancellation)) is [var run, ..]
            ? run.Text("id")
            : null;

    /// <summary>The run that waits for answers of functions, if any.</summary>
    public async Task<string?> WaitingRun(CancellationToken cancellation) =>
        (await calls.Send("GET", $"{Path}/runs?limit=100", null, cancellation)).Body.Items("data")
            .Where(run => run.Text("status") == "requires_action").Select(run => run.Text("id")).FirstOrDefault();

    public async Task<ProviderResponse> Start(ProviderResponse assistant, CancellationToken cancellation)
    {
        if (Marked(await calls.Send("GET", $"{Path}/messages?limit=100", null, cancellation)) is [])
            await calls.Send("POST", $"{Path}/messages", Message().ToContent(), cancellation);
        return await calls.Send("POST", $"{Path}/runs", new JsonBody(request)
        {
            { "assistant_id", assistant.Body.Id() },
            { "tools", HasOwnTools ? AssistantTurn.Tools(request, assistant.Body).Select(Tool) : null },
            { "tool_choice", ToolChoices.IsMode(request.ToolChoice) ? request.ToolChoice : null },
            { "tool_choice", ChatBody.ToolChoice(request.ToolChoice) },
            { "max_completion_tokens", request.MaxTokens },
            { "metadata", CreatorMark.Of(request) },
        }.ToContent(), cancellation);
    }

    public Task<ProviderResponse> Submit(string run, IEnumerable<ToolOutput> outputs, CancellationToken cancellation) =>
        calls.Send(
        "POST", $"{Path}/{ApiPath.Of("runs", "run", run)}/submit_tool_outputs",
        new JsonBody { { "tool_outputs",
            outputs.Select(output =>
                new JsonBody { { "tool_call_id", output.ToolCallId }, { "output", output.Text } }) } }.ToContent(),
        cancellation);

    public Task<ProviderResponse> Answers(string run, CancellationToken cancellation) =>
        calls.Send("GET", ApiPath.With($"{Path}/messages", ("order", "asc"), ("limit", "100"), ("run_id", run)), null,
            cancellation);

    bool HasOwnTools => request.Tools is { Count: > 0 } || request.PreserveOriginalTools == false;

    List<JsonElement> Marked(ProviderResponse list) =>
        [.. list.Body.Items("data").Where(thing => CreatorMark.IsOn(thing, request))];

    JsonBody Message() => new()
    {
        { "role", "user" },
        { "content", request.Images is null ? request.Prompt : null },
        { "content", request.Images is null ? null : Parts() },
        { "attachments", request.Files?.Select(file =>
            new JsonBody { { "file_id", file.FileId },
                { "tools", new[] { new JsonBody { { "type", "file_search" } } } } }) },
        { "metadata", CreatorMark.Of(request) },
    };

    IEnumerable<JsonBody> Parts()
    {
        yield return new() { { "type", "text" }, { "text", request.Prompt } };
        foreach (var image in request.Images!)
            yield return image.FileId is { } file
                ? new() { { "type", "image_file" },
                    { "image_file", new JsonBody { { "file_id", file }, { "detail", image.Detail } } } }
                : new() { { "type", "image_url" },
                    { "image_url", new JsonBody { { "url", image.Url }, { "detail", image.Detail } } } };
    }

    static JsonBody Tool(ModelTool tool, int index)
    {
        Never($"tools[{index}].webSearch", tool.WebSearch is not null,
            "the provider's assistants have none. Set Assistants:Mode to Local.");
        return tool switch
        {
            { CodeInterpreter: not null } => new() { { "type", "code_interpreter" } },
            { FileSearch: not null } => new() { { "type", "file_search" } },
            _ => ChatBody.Tool(tool),
        };
    }
}
