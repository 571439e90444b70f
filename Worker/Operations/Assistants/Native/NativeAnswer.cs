using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Operations.Text.Functions;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.Streams;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Assistants.Native;

/// <summary>Reads a run that is over, or waits for functions, as a result.</summary>
sealed class NativeAnswer(OpenAIClients openAI, ClaimChecks payloads)
{
    public async Task<AssistantMessaged> Of(
        MessageAssistant request, ProviderResponse assistant, NativeThread thread, string threadId,
        ProviderResponse run, JobState anew, CancellationToken cancellation)
    {
        var status = run.Body.Text("status");
        // Without a run in the state: the next attempt starts another.
        if (status is "failed" or "expired" or "cancelled")
            throw new FailureException(
                Failed(run) with { RequestId = run.RequestId, Status = run.Status })
            { State = anew };
        var common = new ModelMessaged
        {
            Model = run.Body.Text("model"),
            RequestId = run.RequestId,
            Usage = run.Body.Usage(),
            ResponseId = run.Body.Text("id"),
            FinishReason = FinishReason(run.Body),
            ToolCalls = Calls(run.Body) is { Count: > 0 } calls ? calls : null,
        };
        if (common.ToolCalls is not null)
            return AssistantTurn.Answered(common, assistant, threadId);
        var messages = await thread.Answers(run.Body.Text("id")!, cancellation);
        if (request.Simplify == false)
            return AssistantTurn.Answered(common with { Raw = messages.Body }, assistant, threadId);
        var turn = AssistantTurn.Of(request, assistant.Body);
        var (files, missing) = await Files(request, messages.Body, cancellation);
        var answer = NativeReading.Of(common, messages, turn, missing) with { Files = files };
        return AssistantTurn.Answered(OutputReading.Checked(answer, turn, messages), assistant, threadId);
    }

    /// <summary>Whether a run's failure is transient.</summary>
    public static bool MayBeTriedAnew(ProviderResponse run) =>
        run.Body.Text("status") == "failed" && Failed(run).Kind != FailureKind.Permanent;

    static Failure Failed(ProviderResponse run) =>
        FailureClassifier.OfFailedResponse(ErrorOf(run.Body) with { Body = ErrorReading.Kept(run.Body) });

    public static List<ToolCall> Calls(JsonElement run) => run.Text("status") != "requires_action"
        ? []
        : [.. (run.Member("required_action")?.Member("submit_tool_outputs")?.Items("tool_calls") ?? [])
            .Select(ToolCalls.Of)];

    async Task<(IReadOnlyList<BinaryOutput>? Files, IReadOnlyCollection<string> Missing)> Files(
        MessageAssistant request, JsonElement messages, CancellationToken cancellation)
    {
        var (files, missing) = (new List<BinaryOutput>(), new HashSet<string>());
        foreach (var (id, name) in FilesOf(messages).DistinctBy(file => file.Id))
        {
            await using var file = await openAI.Of(request)
                .Open("GET", $"{ApiPath.Of("files", "file_id", id)}/content", null, cancellation).OrWithout();
            if (file is null || await InHand.Take(file.Content, ContentTypes.OfName(name) ?? ContentTypes.Unknown, name,
                cancellation).OrBroken() is not { } made)
            {
                missing.Add(id);
                continue;
            }
            // A run and its files stay with the provider, so an unavailable store costs nothing here.
            await using (made)
                files.Add(await payloads.Keep(made, inline: false, cancellation));
        }
        return (files.Count > 0 ? files : null, missing);
    }

    // An image has no name; a text cites a file by its path in the sandbox.
    static IEnumerable<(string Id, string Name)> FilesOf(JsonElement messages) =>
        NativeReading.Parts(messages).Select(part => part.Member("image_file")?.Text("file_id")).OfType<string>()
            .Select(id => (id, $"{id}.png"))
            .Concat(from part in NativeReading.Parts(messages)
                    from annotation in part.Member("text")?.Items("annotations") ?? []
                    let id = annotation.Member("file_path")?.Text("file_id")
                    where id is not null
                    select (id, Path.GetFileName(annotation.Text("text") ?? id)));

    static string FinishReason(JsonElement run) =>
        (run.Text("status"), run.Member("incomplete_details")?.Text("reason")) switch
        {
            ("requires_action", _) => "tool_calls",
            ("incomplete", "content_filter") => "content_filter",
            ("incomplete", _) => "length",
            _ => "stop",
        };

    static UpstreamError ErrorOf(JsonElement run) => run.Member("last_error") is { } error
        ? new() { Code = error.Text("code"), Message = error.Text("message") }
        : new() { Message = $"The run is {run.Text("status")}." };
}
