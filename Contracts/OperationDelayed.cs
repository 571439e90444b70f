using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>Not an ending: the job waits in the broker and will be attempted again.</summary>
public sealed record OperationDelayed
{
    /// <summary>The job, as its request named it.</summary>
    public string JobId { get; init; } = "";

    /// <summary>The operation, such as <c>message-model</c>.</summary>
    public string Operation { get; init; } = "";

    /// <summary>When it will be attempted again, at the earliest.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>One of the <see cref="WaitCodes"/>, or the <see cref="FailureCodes"/> code of the cause.</summary>
    public string Code { get; init; } = "";

    /// <summary>What the job waits for.</summary>
    public string Message { get; init; } = "";

    /// <summary>Attempts that failed so far; a rate limit uses none.</summary>
    [Range(0, int.MaxValue)]
    public int Attempts { get; init; }

    /// <summary>How often the job has waited, this time included.</summary>
    [Range(0, int.MaxValue)]
    public int Waits { get; init; }

    /// <summary>The pairs of the request, untouched.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
