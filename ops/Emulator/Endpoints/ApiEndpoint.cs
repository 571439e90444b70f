using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Shapes;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>The description of one endpoint; <see cref="CallPipeline"/> does the rest.</summary>
sealed record ApiEndpoint(string Method, string Route)
{
    /// <summary>The table of the request's fields; null if the endpoint accepts no JSON.</summary>
    public Shape? Request { get; init; }

    /// <summary>
    /// The table of the fields of a <c>multipart/form-data</c> body; null if the endpoint accepts none.
    /// </summary>
    public Shape? Form { get; init; }

    /// <summary>The table of the query's parameters; null if they are not checked.</summary>
    public Shape? Query { get; init; }

    /// <summary>The model of a request that names none.</summary>
    public string DefaultModel { get; init; } = "";

    /// <summary>
    /// What the request asks for, which determines its cost against the limits; null if it costs nothing.
    /// </summary>
    public Func<JsonElement, Prompt>? Prompt { get; init; }

    /// <summary>Whether OpenAI would charge for a successful call.</summary>
    public bool IsWork => Prompt is not null;

    public required Func<ApiCall, Answer> Answer { get; init; }
}
