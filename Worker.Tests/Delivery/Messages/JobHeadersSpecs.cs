using MassTransit;
using MassTransit.Serialization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Tests.Delivery.Messages;

/// <summary>Senders can write headers.</summary>
public sealed class JobHeadersSpecs
{
    static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_written_is_read_again()
    {
        var headers = new JobHeaders(2, 3, Now, new Usage { InputTokens = 1, OutputTokens = 2, TotalTokens = 3 });

        Assert.Equal(headers, JobHeaders.Read(Holding([.. headers.Write()]), Now.AddDays(1)));
    }

    [Theory]
    [InlineData("much")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"inputTokens":"many"}""")]
    [InlineData("""{"inputTokens":-1}""")]
    public void Nonsense_counts_as_nothing(string usage) =>
        Assert.Null(JobHeaders.Read(Holding(new("openai-worker-usage", usage), new("openai-worker-failed", "-1")),
            Now).Spent);

    static DictionarySendHeaders Holding(params KeyValuePair<string, object?>[] headers)
    {
        var held = new DictionarySendHeaders();
        foreach (var (name, value) in headers)
            held.Set(name, value, overwrite: true);
        return held;
    }
}
