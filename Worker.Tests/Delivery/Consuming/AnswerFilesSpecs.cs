using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Delivery.Consuming;

/// <summary>The outcome of a call, in a file.</summary>
public sealed class AnswerFilesSpecs : IDisposable
{
    static readonly Job Asked = new("j", "message-model", new MessageModel { Model = "m" }, 1, 0,
        DateTimeOffset.UnixEpoch);

    readonly string folder = Path.Combine(Path.GetTempPath(), $"answers-{Guid.NewGuid():N}");

    [Fact]
    public void A_step_on_the_way_is_read_as_it_was_written_at_any_depth()
    {
        var item = JsonElement.Parse($"{{\"type\":\"reasoning\",\"x\":{new string('[', 100)}{new string(']', 100)}}}",
            new() { MaxDepth = 512 });
        var state = new JobState
        {
            Step = 2,
            Rounds = 1,
            Items = [[item]],
            Background = new("resp_1", DateTimeOffset.UnixEpoch)
        };
        var before = new Outcome(null, null, [new(new() { InputTokens = 3 }, "m", null)], DateTimeOffset.UnixEpoch,
            TimeSpan.FromSeconds(1))
        {
            Suspension = new(state, TimeSpan.FromSeconds(5), "tools", "It waits.") { IsNews = true },
            State = state,
        };

        new AnswerFiles(folder, default).Write("key", Asked, before);
        var after = new AnswerFiles(folder, default).Read("key", Asked.Operation)!;

        Assert.Equal((null, TimeSpan.FromSeconds(5), "tools", true),
            (after.Result, after.Suspension!.Delay, after.Suspension.Code, after.Suspension.IsNews));
        Assert.Equal((2, "resp_1", item.GetRawText()),
            (after.State!.Step, after.State.Background!.Id,
                Assert.Single(Assert.Single(after.Suspension.State.Items!)).GetRawText()));
        Assert.Equal(3, after.Billed!.InputTokens);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"suspension":{"delay":"00:00:01"}}""")]
    [InlineData("""{"result":7}""")]
    public void A_file_that_holds_neither_a_result_nor_a_step_is_none(string text)
    {
        var files = new AnswerFiles(folder, default);
        files.Write("key", Asked,
            new(new ModelMessaged { JobId = "j", Operation = "message-model" }, null, [], default, default));
        File.WriteAllText(Path.Combine(folder, "key.json"), text);

        Assert.Null(files.Read("key", Asked.Operation));
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}
