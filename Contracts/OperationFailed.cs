using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OpenAIWorker.Contracts;

/// <summary>The ending of a job that has no result. Its message is also in the operation's dead-letter queue.</summary>
public sealed record OperationFailed : IJobEnding
{
    /// <inheritdoc/>
    public string JobId { get; init; } = "";

    /// <inheritdoc/>
    public string Operation { get; init; } = "";

    /// <inheritdoc/>
    public string Ending => Endings.Failed;

    /// <summary>One of <see cref="FailureCodes"/>.</summary>
    public string Code { get; init; } = "";

    /// <summary>Whether trying again could have helped.</summary>
    public FailureKind Kind { get; init; }

    /// <summary>Who can do something about it.</summary>
    public Remedy Remedy { get; init; }

    /// <summary>What happened, the value, and the cure.</summary>
    public string Message { get; init; } = "";

    /// <summary>The invalid member of the request, if it is known, such as <c>temperature</c>.</summary>
    public string? Member { get; init; }

    /// <inheritdoc/>
    [Range(0, int.MaxValue)]
    public int Attempts { get; init; }

    /// <summary>How often the job waited in the broker.</summary>
    [Range(0, int.MaxValue)]
    public int Waits { get; init; }

    /// <summary>The model that the request named.</summary>
    public string? Model { get; init; }

    /// <summary>The name of the credential that was used.</summary>
    public string? Credential { get; init; }

    /// <summary>
    /// The HTTP status of the last call, if there was an answer. For an error inside an answer of status 200, the
    /// status that the error names.
    /// </summary>
    public int? Status { get; init; }

    /// <summary>The provider's own error of the last call, if there was one, with its unchanged body.</summary>
    public UpstreamError? Error { get; init; }

    /// <summary>OpenAI's id of the last request (<c>x-request-id</c>).</summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// The text of an answer that could not be used, such as invalid JSON or the beginning of a web page.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The files that the job's earlier rounds of functions made, and are paid for.</summary>
    public IReadOnlyList<BinaryOutput>? Files { get; init; }

    /// <summary>
    /// Other output of those rounds, as the API returned it: texts, searches and their sources, code and its outputs.
    /// </summary>
    public IReadOnlyList<JsonElement>? OtherOutput { get; init; }

    /// <summary>Usage of the failed attempts, if the API reported it.</summary>
    public Usage? Usage { get; init; }

    /// <summary>The cost of this usage, if the model's price is known.</summary>
    public Cost? Cost { get; init; }

    /// <summary>When the worker first saw the job.</summary>
    public DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it was given up.</summary>
    public DateTimeOffset FailedAt { get; init; }

    /// <inheritdoc/>
    [Each(MayBeNull = true)]
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
