using System.ComponentModel.DataAnnotations;

namespace OpenAIWorker.Contracts;

/// <summary>
/// Jobs that belong together. When <see cref="Size"/> different jobs of a group have ended,
/// <see cref="GroupCompleted"/> is published. This needs workers that keep records (<c>Records:Keep</c>).
/// </summary>
public sealed record JobGroup
{
    /// <summary>Names the group among those of its tenant. 1 to 256 characters.</summary>
    [Needed, StringLength(256)]
    public string? Id { get; init; }

    /// <summary>How many different jobs it has, the same number on each of them. 1 to 1,000,000.</summary>
    [Needed, Range(1, 1_000_000)]
    public int? Size { get; init; }
}
