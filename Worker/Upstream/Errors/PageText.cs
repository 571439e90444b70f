using System.Net;
using System.Text.RegularExpressions;
using OpenAIWorker.Json;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>
/// The text that a person would read in a body that is not JSON: a page without its markup, and only an excerpt.
/// </summary>
static partial class PageText
{
    const int Most = 300;

    // A page has its message at the beginning.
    const int MostOfAPage = 16 * 1024;

    public static string Of(string text)
    {
        text = Excerpt.Of(text, MostOfAPage);
        if (IsPage(text))
            text = WebUtility.HtmlDecode(Mark().Replace(Unseen().Replace(text, " "), " "));
        return Excerpt.Marked(Blanks().Replace(text, " ").Trim(), Most);
    }

    /// <summary>
    /// Whether a text begins like a page. A transcript may begin with a tag, too: &lt;b&gt; does not mark a page.
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
