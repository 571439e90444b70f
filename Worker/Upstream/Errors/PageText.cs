using System.Net;
using System.Text.RegularExpressions;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>
/// What a person would read of a body that is no JSON: a page's words without its marks, and no more than an excerpt.
/// </summary>
static partial class PageText
{
    const int Most = 300;

    // A page says what it has to say at its beginning.
    const int MostOfAPage = 16 * 1024;

    public static string Of(string text)
    {
        text = Excerpt.Of(text, MostOfAPage);
        if (IsPage(text))
            text = WebUtility.HtmlDecode(Mark().Replace(Unseen().Replace(text, " "), " "));
        return Excerpt.Marked(Blanks().Replace(text, " ").Trim(), Most);
    }

    /// <summary>
    /// Whether a text begins as pages do. A transcript may begin with a mark, too: &lt;b&gt; is none of a page.
    /// </summary>
    public static bool IsPage(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        foreach (var start in (ReadOnlySpan<string>)["<!doctype", "<!--", "<?xml", "<html", "<head", "<title", "<body",
            "<center", "<h1", "<pre", "<div"])
        {
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    [GeneratedRegex("<(script|style|svg)[^>]*>.*?</(script|style|svg)[^>]*>|<!--.*?-->",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Unseen();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Mark();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
