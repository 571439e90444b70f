using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Shapes;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>All a family has to say about one endpoint; <see cref="CallPipeline"/> does the rest.</summary>
sealed record ApiEndpoint(string Method, string Route)
{
    /// <summary>The table of the request's fields; null where the endpoint takes no JSON.</summary>
    public Shape? Request { get; init; }

    /// <summary>
    /// The table of the fields of a <c>multipart/form-data</c> body; null where the endpoint takes none.
    /// </summary>
    public Shape? Form { get; init; }

    /// <summary>The table of the query's parameters; null where nobody looks at them.</summary>
    public Shape? Query { get; init; }

    /// <summary>The model that is meant when the request names none.</summary>
    public string DefaultModel { get; init; } = "";

    /// <summary>
    /// What the request asks for, and so what it costs against the limits; null where it costs nothing.
    /// </summary>
    public Func<JsonElement, Prompt>? Prompt { get; init; }

    /// <summary>Whether a successful call is work that OpenAI would charge.</summary>
    public bool IsWork => Prompt is not null;

    public required Func<ApiCall, Answer> Answer { get; init; }
}
