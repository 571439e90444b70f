using System.Text;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Tests.Jobs;

public sealed class JobTextSpecs
{
    [Theory]
    [InlineData("{\"a")]
    [InlineData("{\"a\":1")]
    [InlineData("{\"a\":[1,{\"b\":\"c")]
    public void A_text_that_was_cut_is_said_to_end_too_early(string json)
    {
        var refused = Assert.Throws<FailureException>(() =>
            JobText.Parse(Encoding.UTF8.GetBytes(json), "The line", ""));

        Assert.Equal("The line is not a JSON object: it ends before all braces and brackets are closed.",
            refused.Failure.Message);
    }
}
