namespace OpenAIWorker.Contracts;

/// <summary>A member that a request has to have.</summary>
/// <param name="unless">
/// What does in its place: members of the same request, with a dot for a member of a member and a plus between two that
/// only do together.
/// </param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NeededAttribute(params string[] unless) : Attribute
{
    /// <summary>What does in its place. Empty: nothing.</summary>
    public IReadOnlyList<string> Unless { get; } = unless;

    /// <summary>Whether a text of blanks will do. Omitted: false.</summary>
    public bool MayBeBlank { get; set; }
}
