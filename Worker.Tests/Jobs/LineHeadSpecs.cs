using System.Text;
using OpenAIWorker.Jobs.Lines;

namespace OpenAIWorker.Tests.Jobs;

public sealed class LineHeadSpecs
{
    [Theory]
    [InlineData("""{"custom_id":"a","url":""", "a", "OpenAI")]
    [InlineData("""{"jobId":"a","operation":"x", broken""", "a", "Native")]
    [InlineData("""{"url":"/v1/responses","jobId":"a", broken""", "a", "OpenAI")]
    [InlineData("""{"method":"POST","operation":"x", broken""", null, "OpenAI")]
    [InlineData("""{"other":1, broken""", null, null)]
    [InlineData("[1", null, null)]
    public void A_broken_line_belongs_to_the_format_of_its_first_members(string line, string? id, string? format)
    {
        var head = LineHead.Of(Encoding.UTF8.GetBytes(line));

        Assert.Equal((id, format), (head.Id, head.Format?.ToString()));
    }
}
