using OpenAIWorker.Delivery.DeadLetters;
using RabbitMQ.Client;

namespace OpenAIWorker.Tests.Delivery.DeadLetters;

public sealed class DeadLetterFilterSpecs
{
    static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    static readonly DeadLetterFilter All = new(null, null, null, null, null, null);

    // It failed two hours ago.
    static readonly DeadLetter Letter = new("message-model", 1,
        new BasicProperties
        {
            Headers = new Dictionary<string, object?>
            {
                [DeadLetterHeaders.JobId] = "j",
                [DeadLetterHeaders.Code] = "timeout",
                [DeadLetterHeaders.Model] = "m",
                [DeadLetterHeaders.Tenant] = "acme",
                [DeadLetterHeaders.FailedAt] = Now.AddHours(-2).ToUnixTimeMilliseconds(),
            },
        }, default);

    [Fact]
    public void Without_a_condition_it_selects_all()
    {
        Assert.True(All.IsEmpty);
        Assert.True(All.Matches(Letter, Now));
    }

    [Theory]
    [InlineData(1, null, true)]
    [InlineData(3, null, false)]
    [InlineData(null, 3, true)]
    [InlineData(null, 1, false)]
    [InlineData(1, 3, true)]
    public void It_selects_by_age(int? olderThan, int? newerThan, bool isSelected) => Assert.Equal(isSelected,
        (All with { OlderThan = Hours(olderThan), NewerThan = Hours(newerThan) }).Matches(Letter, Now));

    [Theory]
    [InlineData(null, true)]
    [InlineData("acme", true)]
    [InlineData("other", false)]
    [InlineData("", false)]
    public void It_selects_by_tenant(string? tenant, bool isSelected) =>
        Assert.Equal(isSelected, (All with { Tenant = tenant }).Matches(Letter, Now));

    [Theory]
    [InlineData("message-model", "timeout", "m", "j", true)]
    [InlineData(null, "TIMEOUT", null, null, true)]
    [InlineData("classify-text", null, null, null, false)]
    [InlineData(null, "content_policy", null, null, false)]
    [InlineData(null, null, "n", null, false)]
    [InlineData(null, null, null, "k", false)]
    [InlineData(null, null, null, "J", false)]
    public void It_selects_by_every_given_word(string? operation, string? code, string? model, string? job,
        bool isSelected) => Assert.Equal(isSelected,
        (All with { Operation = operation, Code = code, Model = model, JobId = job }).Matches(Letter, Now));

    static TimeSpan? Hours(int? hours) => hours is { } some ? TimeSpan.FromHours(some) : null;
}
