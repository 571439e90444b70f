namespace OpenAIWorker.Emulator.Replies;

/// <summary>The same prompt always gets the same friendly answer.</summary>
static class Sentences
{
    const int QuotedCharacters = 80;

    static readonly string[] Greetings =
    [
        "Hello! It is good to hear from you. How can I help today?",
        "Hello there, and welcome. What shall we look at first?",
        "Hello! I hope the day treats you well. What can I do for you?",
    ];

    static readonly string[] Poems =
    [
        "Messages in line,\none by one they find their way;\nthe queue rests at dusk.",
        "A letter goes out,\nthe answer comes in its time;\nnothing has been lost.",
    ];

    static readonly string[] Pictures =
    [
        "The picture shows a quiet harbour at dawn: two small boats, a stone pier, and gulls over the water.",
        "The picture shows a wooden desk by a window, with a green lamp, an open notebook, and a cup of tea.",
    ];

    static readonly string[] Questions =
    [
        "You asked: “{0}” The short answer is yes, as long as one step is taken at a time.",
        "You asked: “{0}” It depends on the details, but the simplest option is usually the right one.",
        "You asked: “{0}” Most people would start small, measure, and go on from there.",
    ];

    static readonly string[] Summaries =
    [
        "In short: {0}",
        "The main point is this: {0}",
    ];

    static readonly string[] Statements =
    [
        "You said: “{0}” That sounds like a good plan; the next step is to try it out.",
        "You said: “{0}” Noted, and here is my view: it is clear, short, and worth doing.",
        "You said: “{0}” I would gladly help with that, starting from the beginning.",
    ];

    public static string For(Prompt prompt, int variant)
    {
        if (prompt.ToolResult is { } result)
        {
            return $"Here is what I found: {Quote(result)}";
        }

        var all = About(prompt);
        return all[(int)((Hash(prompt.Text) + (uint)variant) % all.Length)]
            .Replace("{0}", Quote(prompt.Text), StringComparison.Ordinal);
    }

    static string[] About(Prompt prompt) => prompt switch
    {
        { Images: > 0 } => Pictures,
        _ when Says(prompt, "hello") || Says(prompt, "greet") => Greetings,
        _ when Says(prompt, "haiku") || Says(prompt, "poem") => Poems,
        _ when Says(prompt, "summar") => Summaries,
        _ when prompt.Text.TrimEnd().EndsWith('?') => Questions,
        _ => Statements,
    };

    static bool Says(Prompt prompt, string word) => prompt.Text.Contains(word, StringComparison.OrdinalIgnoreCase);

    static string Quote(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= QuotedCharacters ? line : line[..QuotedCharacters].TrimEnd() + "…";
    }

    /// <summary>FNV-1a: string.GetHashCode differs from run to run.</summary>
    static uint Hash(string text)
    {
        var hash = 2166136261;
        foreach (var letter in text)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return hash;
    }
}
