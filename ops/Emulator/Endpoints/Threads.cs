using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>/v1/threads: messages, and runs that take as long as a background response. One run at a time.</summary>
sealed class Threads(EmulatorOptions options, Assistants assistants)
{
    readonly ConcurrentDictionary<string, NativeThread> kept = new();

    public ApiEndpoint[] Endpoints =>
    [
        new("POST", "/v1/threads") { Request = AssistantRequest.Thread, Prompt = _ => Prompt.Nothing, Answer = Create },
        new("GET", "/v1/threads/{id}/messages") { Query = ListRequest.With(ShapesOfRun),
            Answer = call => Of(call, thread => Messages(call, thread)) },
        new("POST", "/v1/threads/{id}/messages") { Request = AssistantRequest.Message, Prompt = _ => Prompt.Nothing,
            Answer = call => Of(call, thread => Say(call, thread)) },
        new("GET", "/v1/threads/{id}/runs") { Query = ListRequest.Shape,
            Answer = call => Of(call, thread => Runs(call, thread)) },
        new("POST", "/v1/threads/{id}/runs") { Request = AssistantRequest.Run, Prompt = _ => new Prompt(),
            Answer = call => Of(call, thread => Start(call, thread)) },
        new("GET", "/v1/threads/{id}/runs/{run}") { Answer = call => OfRun(call, (_, run) => NativeThings.Show(run)) },
        new("POST", "/v1/threads/{id}/runs/{run}/submit_tool_outputs") { Request = AssistantRequest.Outputs,
            Answer = call => OfRun(call, (thread, run) => Submit(thread, run)) },
    ];

    static Shapes.Field ShapesOfRun => Shapes.ShapeWords.Optional("run_id", Shapes.ShapeWords.Text(min: 1));

    Answer Create(ApiCall call)
    {
        var id = NewId.Of("thread_");
        kept[id] = new(id, options);
        return NativeThings.Show(new()
        {
            ["id"] = id,
            ["object"] = "thread",
            ["created_at"] = call.CreatedAt,
            ["tool_resources"] = new JsonObject(),
            ["metadata"] = JsonNode.Parse(call.Body.Member("metadata")?.GetRawText() ?? "{}"),
        });
    }

    static Answer Messages(ApiCall call, NativeThread thread)
    {
        thread.Advance();
        var run = call.Body.Text("run_id");
        return ListAnswer.Page(call,
            thread.Messages.Read().Where(message => run is null || message.Text("run_id") == run),
            ListRequest.UsualLimit);
    }

    static Answer Say(ApiCall call, NativeThread thread)
    {
        thread.Advance();
        return thread.ActiveRun is { } run
            ? Answer.Refusing(new(400, $"Can't add messages to {thread.Id} while a run {run} is active."))
            : NativeThings.Show(thread.Say(call.Body));
    }

    static Answer Runs(ApiCall call, NativeThread thread)
    {
        thread.Advance();
        return ListAnswer.Page(call, thread.Runs.Read(), ListRequest.UsualLimit);
    }

    Answer Start(ApiCall call, NativeThread thread)
    {
        thread.Advance();
        if (assistants.Find(call.Body.Text("assistant_id")!) is not { } assistant)
        {
            return Assistants.NoSuchAssistant(call.Body.Text("assistant_id")!);
        }

        return thread.ActiveRun is { } run
            ? Answer.Refusing(new(400, $"Thread {thread.Id} already has an active run {run}."))
            : NativeThings.Show(thread.Start(call.Body, assistant));
    }

    static Answer Submit(NativeThread thread, JsonObject run) => (string?)run["status"] == "requires_action"
        ? NativeThings.Show(thread.Resume(run))
        : Answer.Refusing(new(400, $"Runs in status \"{run["status"]}\" do not accept tool outputs."));

    Answer Of(ApiCall call, Func<NativeThread, Answer> answer) =>
        kept.GetValueOrDefault(call.Id) is { } thread
            ? answer(thread)
            : Answer.Refusing(new(404, $"No thread found with id '{call.Id}'."));

    Answer OfRun(ApiCall call, Func<NativeThread, JsonObject, Answer> answer) => Of(call, thread =>
    {
        thread.Advance();
        var id = (string)call.Http.Request.RouteValues["run"]!;
        return thread.Runs.Find(id) is { } run
            ? answer(thread, run)
            : Answer.Refusing(new(404, $"No run found with id '{id}'."));
    });
}
