using System.Text.Json;
using System.Text.Json.Serialization;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Jobs;

/// <summary>
/// What a job of several steps remembers from one to the next. Between two steps it waits in the broker, and this with
/// it.
/// </summary>
sealed record JobState
{
    /// <summary>How many steps are done.</summary>
    public int Step { get; init; }

    /// <summary>The response that the provider is at.</summary>
    public BackgroundResponse? Background { get; init; }

    /// <summary>What a call of <c>call-api</c> began.</summary>
    public ApiPolling? Polling { get; init; }

    /// <summary>How often the model has asked for functions.</summary>
    public int Rounds { get; init; }

    /// <summary>The functions that the model asked for last, and what they answered.</summary>
    public IReadOnlyList<OpenCall>? Calls { get; init; }

    /// <summary>The answer in which it asked, where the provider keeps it.</summary>
    public string? PreviousResponseId { get; init; }

    /// <summary>Where the provider keeps nothing: what was said after the request's own messages.</summary>
    public IReadOnlyList<ModelMessage>? Said { get; init; }

    /// <summary>
    /// The last answers in <see cref="Said"/>, as the API returned them, including the model's reasoning. Items of
    /// Responses, or a message of Chat Completions.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<JsonElement>>? Items { get; init; }

    /// <summary>What the answers that asked for functions brought besides.</summary>
    public EarlierRounds? Earlier { get; init; }

    /// <summary>The assistant as it was when the turn began. Null: it is read.</summary>
    public JsonElement? Assistant { get; init; }

    /// <summary>
    /// The result, where all calls are answered and paid for, and only the store that has to keep a part of it was
    /// away.
    /// </summary>
    public JsonElement? Answered { get; init; }

    /// <summary>Whether another job is in its thread.</summary>
    public bool AwaitsThread { get; init; }

    /// <summary>The run of a thread that the provider is at.</summary>
    public BackgroundResponse? Run { get; init; }

    /// <summary>Whether functions are still to answer.</summary>
    [JsonIgnore]
    public bool AwaitsTools => Calls?.Any(call => call.Answer is null) == true;

    /// <summary>Whether the next step asks the model, which the limits are about.</summary>
    [JsonIgnore]
    public bool AsksModel =>
        Background is null && Polling is null && Run is null && Answered is null && !AwaitsTools && !AwaitsThread;
}

/// <summary>A response that the provider makes in the background.</summary>
/// <param name="Id">The provider's.</param>
/// <param name="Since">When it was asked for.</param>
sealed record BackgroundResponse(string Id, DateTimeOffset Since);

/// <summary>What is asked after until it is over.</summary>
/// <param name="Path">Where.</param>
/// <param name="Since">When it was begun.</param>
sealed record ApiPolling(string Path, DateTimeOffset Since);

/// <summary>A function that the model asked for.</summary>
/// <param name="Call">What it asked.</param>
/// <param name="Id">Ours: the same however often the job is delivered.</param>
sealed record OpenCall(ToolCall Call, string Id)
{
    /// <summary>When its time is over. Null: it has not been called yet.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>What the model is told.</summary>
    public string? Answer { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 512)]
[JsonSerializable(typeof(JobState))]
sealed partial class JobStateJson : JsonSerializerContext;
