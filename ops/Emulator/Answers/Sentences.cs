namespace OpenAIWorker.Emulator.Answers;

/// <summary>Words for an answer. The same prompt gets the same ones.</summary>
static class Sentences
{
    const int Quoted = 60;

    static readonly string[] Openings = ["Gladly.", "Good question.", "Here it is.", "Of course."];

    public static string To(string prompt)
    {
        var quote = prompt.Length <= Quoted ? prompt : $"{prompt[..Quoted]}…";
        var opening = Openings[prompt.Aggregate(0, (sum, letter) => (sum + letter) % Openings.Length)];
        return $"{opening} The emulator answers \"{quote.ReplaceLineEndings(" ")}\".";
    }

    /// <summary>The text within a bound of tokens, and whether it was cut.</summary>
    public static (string Text, bool IsCut) Within(string text, int bound) => bound > 0 && TokenEstimate.Of(text) > bound ? (text[..(bound * 4)], true) : (text, false);
}
