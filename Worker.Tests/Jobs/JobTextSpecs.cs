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

    [Theory]
    [InlineData("{\"a\":{}},", "a comma follows it. Remove it.")]
    [InlineData("{\"a\":1} , ", "a comma follows it. Remove it.")]
    [InlineData("{\"a\":x},", "'x' is an invalid start of a value. Byte 6.")]
    public void A_comma_after_an_object_is_the_fault_if_nothing_else_is(string json, string says)
    {
        var refused = Assert.Throws<FailureException>(() =>
            JobText.Parse(Encoding.UTF8.GetBytes(json), "The line", ""));

        Assert.Equal($"The line is not a JSON object: {says}", refused.Failure.Message);
    }
}
