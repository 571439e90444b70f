namespace OpenAIWorker.Web.Door.Events;

/// <summary>
/// A pattern of routing keys, as in RabbitMQ's topic exchanges: words separated by dots, <c>*</c> for one word,
/// <c>#</c> for any number of words.
/// </summary>
sealed class RoutingPattern(string pattern)
{
    const string OneWord = "*", AnyWords = "#";

    readonly string[] words = pattern.Split('.');

    public bool Fits(string key) => Fits(words, key.Split('.'));

    // Several # in a row mean the same as one, and would multiply the attempts to match.
    static bool Fits(ReadOnlySpan<string> pattern, ReadOnlySpan<string> key) => pattern switch
    {
        [] => key.IsEmpty,
        [AnyWords, AnyWords, ..] => Fits(pattern[1..], key),
        [AnyWords, .. var rest] => Fits(rest, key) || !key.IsEmpty && Fits(pattern, key[1..]),
        [var word, .. var rest] => key is [var first, .. var others] && (word == OneWord || word == first)
            && Fits(rest, others),
    };
}
