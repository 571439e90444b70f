using System.Text.Json;
using System.Text.Json.Serialization;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Jobs;

/// <summary>The state of a job between its steps. It waits in the broker together with the job.</summary>
sealed record JobState
{
    /// <summary>The number of completed steps.</summary>
    public int Step { get; init; }

    /// <summary>The response that the provider is working on.</summary>
    public BackgroundResponse? Background { get; init; }

    /// <summary>The operation that a <c>call-api</c> job started.</summary>
    public ApiPolling? Polling { get; init; }

    /// <summary>The number of rounds with function calls.</summary>
    public int Rounds { get; init; }

    /// <summary>The functions that the model called last, and their answers.</summary>
    public IReadOnlyList<OpenCall>? Calls { get; init; }

    /// <summary>The answer with these calls, if the provider stores it.</summary>
    public string? PreviousResponseId { get; init; }

    /// <summary>If the provider stores nothing: the messages after the request's own.</summary>
    public IReadOnlyList<ModelMessage>? Said { get; init; }

    /// <summary>
    /// The last answers in <see cref="Said"/>, as the API returned them, including the model's reasoning. Items of
    /// Responses, or a message of Chat Completions.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<JsonElement>>? Items { get; init; }

    /// <summary>The output of earlier answers besides function calls.</summary>
    public EarlierRounds? Earlier { get; init; }

    /// <summary>The assistant as it was when the turn began. Null: it must be read.</summary>
    public JsonElement? Assistant { get; init; }

    /// <summary>
    /// The result, if all calls are answered and paid for, and only the store for a part of it was unavailable.
    /// </summary>
    public JsonElement? Answered { get; init; }

    /// <summary>Whether it waits because another job uses its thread.</summary>
    public bool AwaitsThread { get; init; }

    /// <summary>The thread's run that the provider is working on.</summary>
    public BackgroundResponse? Run { get; init; }

    /// <summary>Whether functions have not answered yet.</summary>
    [JsonIgnore]
    public bool AwaitsTools => Calls?.Any(call => call.Answer is null) == true;

    /// <summary>Whether the next step calls the model, and so is subject to the limits.</summary>
    [JsonIgnore]
    public bool AsksModel =>
        Background is null && Polling is null && Run is null && Answered is null && !AwaitsTools && !AwaitsThread;
}

/// <summary>A response that the provider makes in the background.</summary>
/// <param name="Id">The provider's id.</param>
/// <param name="Since">When it was requested.</param>
sealed record BackgroundResponse(string Id, DateTimeOffset Since);

/// <summary>Something that is polled until it is over.</summary>
/// <param name="Path">The path to poll.</param>
/// <param name="Since">When it was started.</param>
sealed record ApiPolling(string Path, DateTimeOffset Since);

/// <summary>A function that the model called.</summary>
/// <param name="Call">The model's call.</param>
/// <param name="Id">The worker's id for it: the same however often the job is delivered.</param>
sealed record OpenCall(ToolCall Call, string Id)
{
    /// <summary>When its time is over. Null: it was not called yet.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>The answer for the model.</summary>
    public string? Answer { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 512)]
[JsonSerializable(typeof(JobState))]
sealed partial class JobStateJson : JsonSerializerContext;
