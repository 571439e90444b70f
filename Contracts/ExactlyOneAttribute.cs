namespace OpenAIWorker.Contracts;

/// <summary>A message that has exactly one of some members.</summary>
/// <param name="members">The members, as they are written.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExactlyOneAttribute(params string[] members) : Attribute
{
    /// <summary>The members.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}
