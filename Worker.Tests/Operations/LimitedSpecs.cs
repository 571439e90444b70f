using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations;

/// <summary>Jobs behind a limit, as their senders see it.</summary>
public sealed class LimitedSpecs
{
    const string Known = "--Limits:Groups:small:Models=small*,tiny";

    [Fact]
    public async Task A_request_larger_than_the_limit_is_never_called()
    {
        await using var worker = await EmbeddedWorker.Start(Known, "--Limits:Groups:small:TokensPerMinute=1000");

        var failed = await worker.Failure(
            new MessageModel { Model = "small-1", MaxTokens = 1_001, Messages = [new() { Text = "x" }] });

        Assert.Equal((FailureCodes.RequestTooLarge, "maxTokens"), (failed.Code, failed.Member));
        Assert.Empty(worker.Emulator.Calls);
    }

    [Fact]
    public async Task A_backlog_in_the_process_ends_too_and_waits_once_at_most()
    {
        await using var worker = await EmbeddedWorker.Start(Known, "--Limits:Groups:small:RequestsPerMinute=300",
            "--Limits:MaxHold=00:00:00");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(_ => worker.Answer(new MessageModel { Model = "tiny", Messages = [new() { Text = "x" }] })));

        Assert.All(answers, answer => Assert.InRange(answer.Waits, 0, 1));
        Assert.Contains(answers, answer => answer.Waits == 1);
    }
}
