namespace OpenAIWorker.Contracts;

/// <summary>A part of a form: exactly one of <see cref="Text"/> and <see cref="File"/>.</summary>
[ExactlyOne("text", "file")]
public sealed record FormPart
{
    /// <summary>The field, such as <c>file</c>. An array's ends in <c>[]</c>, and comes once for each item.</summary>
    [Needed]
    public required string Name { get; init; }

    /// <summary>A field's value.</summary>
    public string? Text { get; init; }

    /// <summary>A file, up to 512 MiB.</summary>
    public BinaryInput? File { get; init; }
}
