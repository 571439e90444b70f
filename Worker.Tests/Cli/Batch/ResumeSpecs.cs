using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class ResumeSpecs : IDisposable
{
    readonly BatchScene scene = new();

    [Fact]
    public async Task Every_job_has_one_ending_after_a_run_that_died_many_times()
    {
        var random = new Random(7);
        scene.Given(Enumerable.Range(0, 300).Select(i => BatchScene.Job($"j{i}")));

        for (var runs = 0; scene.Counts.Ended + scene.Counts.Skipped < 300; runs++)
        {
            Assert.True(runs < 100, "It does not come to an end.");
            await Record.ExceptionAsync(() => scene.Run(new FakeClient() { DiesAfter = random.Next(1, 40) }));
            Tear(random);
        }
        await scene.Run(new FakeClient());

        Assert.Equal(300, scene.Endings.Select(ending => ending.GetProperty("jobId").GetString()).Distinct().Count());
        Assert.Equal(300, scene.Endings.Count);
    }

    [Fact]
    public async Task What_is_with_the_broker_is_waited_for_and_not_sent_again()
    {
        scene.Given(Enumerable.Range(0, 200).Select(i => BatchScene.Job($"j{i}")));
        var sentBefore = new FakeClient { IsEmbedded = false, Answers = _ => false, DiesAfter = 150 };
        await Assert.ThrowsAsync<InvalidOperationException>(() => scene.Run(sentBefore));
        File.WriteAllText(scene.Output, "");

        var second = new FakeClient
        {
            IsEmbedded = false,
            Waiting = [.. Enumerable.Range(0, 128).Select(i => $"j{i}")]
        };
        await scene.Run(second);

        // Two groups of 64 were noted as sent. What was sent after them is uncertain, so it is sent again.
        Assert.Equal(Enumerable.Range(128, 72).Select(i => $"j{i}"), second.Sent);
        Assert.Equal(200, scene.Endings.Count);
        Assert.False(File.Exists($"{scene.Output}.sent"));
    }

    [Fact]
    public async Task Another_input_is_not_mixed_up_with_the_first()
    {
        scene.Given(Enumerable.Range(0, 100).Select(i => BatchScene.Job($"j{i}")));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            scene.Run(new FakeClient() { IsEmbedded = false, DiesAfter = 80 }));

        scene.Given(BatchScene.Job("other"));

        var refusal = await Assert.ThrowsAsync<SettingsException>(() =>
            scene.Run(new FakeClient() { IsEmbedded = false }));
        Assert.Contains("--restart", refusal.Message);
    }

    [Fact]
    public async Task A_line_that_changed_after_its_answer_is_named_and_nothing_is_sent()
    {
        await scene.Given(BatchScene.Job("a"), BatchScene.Job("b")).Run(new FakeClient());

        var second = new FakeClient();
        var refusal = await Assert.ThrowsAsync<SettingsException>(() =>
            scene.Given(BatchScene.Job("a"), BatchScene.Job("b", model: "other"), BatchScene.Job("c")).Run(second));

        Assert.Contains("Line 2 has changed", refusal.Message);
        Assert.Empty(second.Sent);
    }

    [Fact]
    public async Task Other_words_on_the_command_line_make_other_lines()
    {
        var defaults = LineDefaults.Of(null, "m", null, null, []);
        await scene.Given("""{"operation":"message-model","jobId":"a","messages":[{"text":"x"}]}""")
            .Run(new FakeClient(), given => given with { Defaults = defaults });

        var refusal = await Assert.ThrowsAsync<SettingsException>(() =>
            scene.Run(new FakeClient(), given => given with { Defaults = LineDefaults.Of(null, "n", null, null, []) }));

        Assert.Contains("--model", refusal.Message);
    }

    [Fact]
    public async Task Lines_without_ids_are_not_answered_twice_because_the_words_have_changed()
    {
        static BatchOptions Model(BatchOptions given, string model) =>
            given with { Defaults = LineDefaults.Of(null, model, null, null, []) };
        await scene.Given(Nameless("x", "y", "z")).Run(new FakeClient(), given => Model(given, "m"));

        var second = new FakeClient();
        var refusal = await Assert.ThrowsAsync<SettingsException>(() => scene.Run(second, given => Model(given, "n")));
        Assert.Contains("--model", refusal.Message);
        Assert.Empty(second.Sent);

        // One line of several may change: the others have their answers.
        await scene.Given(Nameless("x", "y", "other")).Run(second, given => Model(given, "m"));
        Assert.Single(second.Sent);
    }

    static IEnumerable<string> Nameless(params string[] texts) =>
        texts.Select(text => $$"""{"operation":"message-model","messages":[{"text":"{{text}}"}]}""");

    [Fact]
    public async Task Failed_ones_are_run_again_when_asked_and_stay_until_then()
    {
        scene.Given(BatchScene.Job("a"), BatchScene.Job("b", model: "bad"), "nonsense");
        await scene.Run(new FakeClient());
        await scene.Run(new FakeClient());
        Assert.Equal((3, 0L), (scene.Endings.Count, scene.Counts.Ended));

        var third = new FakeClient();
        await scene.Run(third, given => given with { RetryFailed = true });

        Assert.Equal(["b"], third.Sent);
        Assert.Equal(3, scene.Endings.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task A_damaged_note_of_what_was_sent_is_a_sentence(string damaged)
    {
        File.WriteAllText($"{scene.Output}.sent", damaged);

        var refusal = await Assert.ThrowsAsync<SettingsException>(() =>
            scene.Given(BatchScene.Job("a")).Run(new FakeClient { IsEmbedded = false }));

        Assert.Contains("is damaged", refusal.Message);
    }

    [Fact]
    public async Task Restart_begins_anew()
    {
        await scene.Given(BatchScene.Job("a")).Run(new FakeClient());

        var second = new FakeClient();
        await scene.Run(second, given => given with { Restart = true });

        Assert.Equal(["a"], second.Sent);
        Assert.Single(scene.Endings);
    }

    public void Dispose() => scene.Dispose();

    void Tear(Random random)
    {
        using var file = File.OpenWrite(scene.Output);
        file.SetLength(Math.Max(0, file.Length - random.Next(200)));
    }
}
