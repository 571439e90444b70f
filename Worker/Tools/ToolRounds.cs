using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Credentials;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Tools;

/// <summary>
/// Answers the functions that a model calls. The calls of a round are sent together, after the broker has stored them:
/// if the worker is killed, the job continues where it was, with the same call ids.
/// </summary>
sealed class ToolRounds(Toolbox tools, IToolBus bus, LocalTools local, IOptionsMonitor<OpenAIOptions> options,
    TimeProvider clock)
{
    const string Code = WaitCodes.Tools;

    /// <summary>The calls of an answer, each with a permanent id.</summary>
    IReadOnlyList<OpenCall> Open(JobRequest request, int round, IEnumerable<ToolCall> calls) =>
        [.. calls.Select((call, index) => new OpenCall(call, IdOf(request, round, index)))];

    /// <summary>The step after an answer that calls the worker's functions. Null: it calls none.</summary>
    public SuspendedException? Asked(MessageModel request, JobState state, IReadOnlyCollection<ToolCall> calls,
        Func<JobState, JobState> remember) =>
        tools.Answers(request, state.Rounds, calls)
            ? Next(remember(state with
            {
                Background = null,
                Rounds = state.Rounds + 1,
                Calls = Open(request, state.Rounds, calls)
            }))
            : null;

    /// <summary>
    /// Makes the calls that were not made yet, and reads the answers. The job then waits for the rest, or for the
    /// model's turn.
    /// </summary>
    public async Task<SuspendedException> Answer(MessageModel request, JobState state, CancellationToken cancellation)
    {
        var isFirst = state.Calls!.All(call => call.Due is null);
        var called = await Task.WhenAll(state.Calls!.Select(call => Called(request, call, cancellation)));
        await bus.Arrival([.. called.Where(call => call.Answer is null).Select(call => call.Id)], cancellation);
        var next = state with { Calls = [.. called.Select(Taken)] };
        return next.AwaitsTools ? new(Waits(next, isFirst)) : Next(next);
    }

    async Task<OpenCall> Called(MessageModel request, OpenCall open, CancellationToken cancellation)
    {
        if (open is not { Due: null, Answer: null })
            return open;
        if (Arguments(open.Call) is not { } arguments)
            return open with { Answer = ToolWords.Error("The arguments are not a JSON object.") };
        if (tools.HandlerOf(request, open.Call.Name) is not { } handler)
            return open with { Answer = ToolWords.Error($"There is no tool '{open.Call.Name}'.") };
        var due = clock.GetUtcNow() + handler.Timeout;
        var call = Of(request, open, arguments, due);
        if (handler.Local is { } here)
            return open with { Due = due, Answer = await local.Answer(here, call, handler.Timeout, cancellation) };
        // An answer to an earlier delivery of this step is as good.
        if (bus.Answered(open.Id) is null)
            await bus.Send(call, handler.Queue!, cancellation);
        return open with { Due = due };
    }

    OpenCall Taken(OpenCall open) => open switch
    {
        { Answer: not null } => open,
        _ when bus.Answered(open.Id) is { } answer => open with { Answer = ToolWords.Of(answer) },
        _ when clock.GetUtcNow() >= open.Due =>
            open with { Answer = ToolWords.Error("The tool did not answer in time.") },
        _ => open,
    };

    Suspension Waits(JobState state, bool isNews)
    {
        var first = state.Calls!.Where(call => call.Answer is null).Min(call => call.Due!.Value) - clock.GetUtcNow();
        var names = string.Join(", ", state.Calls!.Where(call => call.Answer is null).Select(call => call.Call.Name));
        return new(state, first < options.CurrentValue.PollInterval && first > TimeSpan.Zero
            ? first
            : options.CurrentValue.PollInterval, Code, $"The model waits for {names}.")
        { IsNews = isNews };
    }

    static SuspendedException Next(JobState state) =>
        new(new(state, TimeSpan.Zero, Code, "The model has called functions."));

    static CallTool Of(MessageModel request, OpenCall open, JsonElement arguments, DateTimeOffset due) => new()
    {
        CallId = open.Id,
        Name = open.Call.Name,
        Arguments = arguments,
        JobId = request.JobId ?? "",
        Deadline = due,
        Metadata = request.Metadata,
    };

    static JsonElement? Arguments(ToolCall call)
    {
        try
        {
            return LenientJson.ParseText(call.Arguments) is { ValueKind: JsonValueKind.Object } arguments
                ? arguments
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Only workers have the credential's key, so only a handler that received the call can answer it.
    string IdOf(JobRequest request, int round, int index)
    {
        var call = Encoding.UTF8.GetBytes($"{OpenAIClients.KeyOf(request)}\n{request.JobId}\n{round}\n{index}");
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(KeyOf(request)), call);
        return $"call_{Convert.ToHexStringLower(hash)[..32]}";
    }

    string KeyOf(JobRequest request) =>
        options.CurrentValue.Credentials.GetValueOrDefault(request.Credential ?? CredentialOptions.Default)?.ApiKey
            ?? "";
}
