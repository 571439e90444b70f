using System.Text.Json;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Tests.Upstream;

public sealed class UsageReadingSpecs
{
    [Theory]
    [InlineData("""{"input_tokens":10,"output_tokens":5,"cache_read_input_tokens":20}""", 30)]
    [InlineData("""{"input_tokens":10,"output_tokens":5,"total_tokens":15,"cache_read_input_tokens":20}""", 10)]
    [InlineData("""{"input_tokens":30,"output_tokens":5,"cache_read_input_tokens":20}""", 30)]
    public void Cached_tokens_are_added_to_the_input_only_where_no_total_shows_that_they_are_in_it(string usage,
        long input) =>
        Assert.Equal(input, JsonElement.Parse($$"""{"usage":{{usage}}}""").Usage()!.InputTokens);
}
