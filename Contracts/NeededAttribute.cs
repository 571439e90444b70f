namespace OpenAIWorker.Contracts;

/// <summary>A member that a request has to have.</summary>
/// <param name="unless">Members of the same request that replace it: a dot for a member of a member, a plus between two
/// that replace it only together.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NeededAttribute(params string[] unless) : Attribute
{
    /// <summary>Members that replace it. Empty: none.</summary>
    public IReadOnlyList<string> Unless { get; } = unless;

    /// <summary>Whether a text of blanks is enough. Omitted: false.</summary>
    public bool MayBeBlank { get; set; }
}
