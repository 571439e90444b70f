using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>Call any other endpoint below the credential's base URL. Ends as <see cref="ApiCalled"/>.</summary>
public sealed record CallApi : JobRequest
{
    /// <summary>
    /// <c>GET</c>, <c>POST</c>, <c>PUT</c>, <c>PATCH</c> or <c>DELETE</c>. Omitted: <c>GET</c>, with a body
    /// <c>POST</c>.
    /// </summary>
    [AllowedValues(null, "GET", "POST", "PUT", "PATCH", "DELETE")]
    public string? Method { get; init; }

    /// <summary>
    /// The path below the base URL, such as <c>vector_stores/vs_1/search</c>. It cannot leave the base URL.
    /// </summary>
    [Needed]
    public string? Path { get; init; }

    /// <summary>The query's parameters. Omitted: none.</summary>
    public IReadOnlyDictionary<string, string>? Query { get; init; }

    /// <summary>The body; <c>extra</c> goes into an object. Omitted: none.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>
    /// The parts of a form (<c>multipart/form-data</c>) instead of <see cref="Body"/>; <c>extra</c> adds fields.
    /// Omitted: none.
    /// </summary>
    [Length(1, 256)]
    public IReadOnlyList<FormPart>? Parts { get; init; }

    /// <summary>
    /// Headers of the call, such as <c>OpenAI-Beta</c>, and of the polling of <see cref="Wait"/>. The worker's own
    /// headers, such as the key, cannot be set. Omitted: none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>
    /// The call starts a long operation: the job waits in the broker until it ends. Omitted: the call's answer is the
    /// result.
    /// </summary>
    public ApiWait? Wait { get; init; }
}

/// <summary>
/// The result of <see cref="CallApi"/>. One of <see cref="Body"/>, <see cref="Text"/> and <see cref="File"/>, unless
/// the answer was empty.
/// </summary>
public sealed record ApiCalled : OperationResult
{
    /// <summary>The HTTP status, 200 to 299.</summary>
    [Range(200, 299)]
    public int Status { get; init; }

    /// <summary>The answer's type, such as <c>application/json</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>An answer that is JSON.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>An answer that is text, up to the worker's setting <c>Payloads:InlineLimit</c>.</summary>
    public string? Text { get; init; }

    /// <summary>An answer of any other type, or a larger text.</summary>
    public BinaryOutput? File { get; init; }
}
