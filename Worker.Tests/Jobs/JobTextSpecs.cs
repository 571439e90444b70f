using System.Text;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Tests.Jobs;

public sealed class JobTextSpecs
{
    [Theory]
    [InlineData("{")]
    [InlineData("{\"a\":[")]
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
    [InlineData("{\"a\":1,\n \"b\":x}", "'x' is an invalid start of a value. Line 2, byte 6.")]
    [InlineData("{\"a\":1}\n{\"a\":2}", "it has several values. Send each job on its own.")]
    [InlineData("{'a':1}", "''' is an invalid start of a property name. Expected a '\"'. Byte 2.")]
    public void The_fault_is_told_with_its_place(string json, string says)
    {
        var refused = Assert.Throws<FailureException>(() =>
            JobText.Parse(Encoding.UTF8.GetBytes(json), "The line", ""));

        Assert.Equal($"The line is not a JSON object: {says}", refused.Failure.Message);
    }

    [Fact]
    public void Nesting_that_is_too_deep_is_the_fault()
    {
        var deep = $$"""{"a":{{new string('[', 70)}}{{new string(']', 70)}}}""";

        var refused = Assert.Throws<FailureException>(() =>
            JobText.Parse(Encoding.UTF8.GetBytes(deep), "The line", ""));

        Assert.Equal("The line is not a JSON object: it is nested deeper than 64 levels. Write what is nested deeper "
            + "as a text.", refused.Failure.Message);
    }
}
