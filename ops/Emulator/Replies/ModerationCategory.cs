namespace OpenAIWorker.Emulator.Replies;

/// <summary>
/// A category and the words that trigger it in the emulator. Images are never flagged, because the emulator does not
/// look at them.
/// </summary>
sealed record ModerationCategory(string Name, bool SeesImages, params string[] Words)
{
    public static readonly ModerationCategory[] Omni =
    [
        new("harassment", SeesImages: false, "idiot", "harass", "stupid"),
        new("harassment/threatening", SeesImages: false, "i will hurt you", "i will kill you"),
        new("hate", SeesImages: false, "hate"),
        new("hate/threatening", SeesImages: false, "hate and kill"),
        new("illicit", SeesImages: false, "steal", "drug"),
        new("illicit/violent", SeesImages: false, "bomb"),
        new("self-harm", SeesImages: true, "suicide", "hurt myself", "kill myself"),
        new("self-harm/instructions", SeesImages: true, "how to hurt myself", "how to kill myself"),
        new("self-harm/intent", SeesImages: true, "i will hurt myself", "i want to die"),
        new("sexual", SeesImages: true, "porn"),
        new("sexual/minors", SeesImages: false, "child porn"),
        new("violence", SeesImages: true, "kill", "attack", "murder", "bomb"),
        new("violence/graphic", SeesImages: true, "blood", "gore"),
    ];

    static readonly ModerationCategory[] TextOnly =
        [.. Omni.Where(category => !category.Name.StartsWith("illicit", StringComparison.Ordinal))];

    /// <summary>The older text-moderation models know neither illicit nor images.</summary>
    public static ModerationCategory[] Of(string model) =>
        model.StartsWith("text-moderation", StringComparison.Ordinal) ? TextOnly : Omni;

    public bool IsFoundIn(string text) =>
        Array.Exists(Words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
