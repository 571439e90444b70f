using OpenAIWorker.Json;

namespace OpenAIWorker.Tests.Json;

public sealed class ExcerptSpecs
{
    [Theory]
    [InlineData("abc", 3, "abc", "abc")]
    [InlineData("abcd", 3, "abc", "abc…")]
    [InlineData("", 3, "", "")]
    [InlineData("ab😀", 4, "ab😀", "ab😀")]
    [InlineData("ab😀c", 4, "ab😀", "ab😀…")]
    [InlineData("ab😀", 3, "ab", "ab…")]
    public void A_long_text_ends_with_a_whole_character(string text, int most, string excerpt, string marked)
    {
        Assert.Equal(excerpt, Excerpt.Of(text, most));
        Assert.Equal(marked, Excerpt.Marked(text, most));
    }
}
