namespace OpenAIWorker.Web.Door.Events;

/// <summary>
/// A pattern of routing keys, as RabbitMQ's topic exchanges have it: words with dots between them, <c>*</c> for any
/// word, <c>#</c> for any words or none.
/// </summary>
sealed class RoutingPattern(string pattern)
{
    const string OneWord = "*", AnyWords = "#";

    readonly string[] words = pattern.Split('.');

    public bool Fits(string key) => Fits(words, key.Split('.'));

    // Several in a row say no more than one, and would be tried in every way.
    static bool Fits(ReadOnlySpan<string> pattern, ReadOnlySpan<string> key) => pattern switch
    {
        [] => key.IsEmpty,
        [AnyWords, AnyWords, ..] => Fits(pattern[1..], key),
        [AnyWords, .. var rest] => Fits(rest, key) || !key.IsEmpty && Fits(pattern, key[1..]),
        [var word, .. var rest] => key is [var first, .. var others] && (word == OneWord || word == first)
            && Fits(rest, others),
    };
}
