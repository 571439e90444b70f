namespace OpenAIWorker.Contracts;

/// <summary>The allowed values of each entry of a list, or of each pair of a map.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EachAttribute : Attribute
{
    /// <summary>The texts that are allowed. Omitted: any.</summary>
    public string[]? Values { get; set; }

    /// <summary>The form of a text, as a regular expression that matches all of it. Omitted: any form.</summary>
    public string? Pattern { get; set; }

    /// <summary>What <see cref="Pattern"/> allows, in words.</summary>
    public string? Words { get; set; }

    /// <summary>The maximum number of characters in a text. Omitted: no limit.</summary>
    public int MaximumLength { get; set; } = int.MaxValue;

    /// <summary>Whether the value of a pair may be null. Omitted: false.</summary>
    public bool MayBeNull { get; set; }

    /// <summary>The maximum number of characters in a key. Omitted: no limit.</summary>
    public int MaximumKeyLength { get; set; } = int.MaxValue;
}
