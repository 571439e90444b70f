namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class BatchSpecs : IDisposable
{
    readonly BatchScene scene = new();

    [Fact]
    public async Task Every_line_gets_its_ending()
    {
        await scene.Given(BatchScene.Job("a"), BatchScene.Job("b", model: "bad"), "").Run(new FakeClient());

        Assert.Equal(["a completed", "b failed"],
            scene.Endings.Select(ending => $"{ending.GetProperty("jobId")} {ending.GetProperty("ending")}").Order());
        Assert.Equal((1, 1, 0), (scene.Counts.Succeeded, scene.Counts.Failed, scene.Counts.Waiting));
    }

    [Fact]
    public async Task A_line_without_an_id_is_named_after_file_and_content_and_known_wherever_it_stands()
    {
        await scene.Given("", """{"operation":"classify-text","text":"x"}""").Run(new FakeClient());
        Assert.Matches("^jobs-[0-9a-f]{16}$", Assert.Single(scene.Endings).GetProperty("jobId").GetString());

        var second = new FakeClient();
        await scene.Given("""{"operation":"classify-text","text":"y"}""",
            """{"operation":"classify-text","text":"x"}""").Run(second);
        Assert.Single(second.Sent);
    }

    [Theory]
    [InlineData("{nonsense", "unreadable", "not a JSON object")]
    [InlineData("[1]", "unreadable", "not a JSON object")]
    [InlineData("""{"model":"m"}""", "invalid_request",
        "operation is missing. It is one of: message-model, classify-text")]
    [InlineData("""{"operation":"sing"}""", "invalid_request",
        "operation is 'sing'; allowed: message-model, classify-text")]
    [InlineData("""{"operation":"message-model","temprature":1}""", "invalid_request",
        "temprature is not a member of message-model. Did you mean temperature?")]
    [InlineData("""{"operation":"message-model","temperature":"hot"}""", "invalid_request",
        "temperature is \"hot\"; expected: a number")]
    [InlineData("""{"operation":"message-model","messages":[{"txt":"x"}]}""", "invalid_request",
        "messages[0].txt is not a member of messages[0]. Did you mean text?")]
    public async Task A_bad_line_is_reported_with_its_number_and_the_rest_goes_on(string bad, string code, string says)
    {
        await scene.Given(BatchScene.Job("a"), bad, BatchScene.Job("b")).Run(new FakeClient());

        var refused = Assert.Single(scene.Endings, ending => ending.GetProperty("ending").GetString() == "failed");
        Assert.Equal((2, code), (refused.GetProperty("line").GetInt32(), refused.GetProperty("code").GetString()));
        Assert.Contains(says, refused.GetProperty("message").GetString());
        Assert.Contains($"line 2: {refused.GetProperty("message")}", scene.Complaints.ToString());
        Assert.Equal(3, scene.Endings.Count);
    }

    [Fact]
    public async Task Lines_with_one_id_each_run_and_are_answered_under_it()
    {
        var client = new FakeClient();
        await scene.Given(BatchScene.Job("a"), BatchScene.Job("a"), BatchScene.Job("a", model: "other")).Run(client);

        Assert.Equal(["a 1", "a 2", "a 3"],
            scene.Endings.Select(ending => $"{ending.GetProperty("jobId")} {ending.GetProperty("line")}").Order());
        Assert.Equal(3, client.Sent.Distinct().Count());
        Assert.Equal(2, scene.Counts.Duplicates);
    }

    [Fact]
    public async Task A_second_run_sends_only_what_has_no_ending()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            scene.Given(Enumerable.Range(0, 10).Select(i => BatchScene.Job($"j{i}")))
                .Run(new FakeClient() { DiesAfter = 4 }));

        var second = new FakeClient();
        await scene.Run(second);

        Assert.Equal(["j4", "j5", "j6", "j7", "j8", "j9"], second.Sent);
        Assert.Equal((6, 4), (scene.Counts.Succeeded, scene.Counts.Skipped));
    }

    [Fact]
    public async Task A_torn_last_line_is_run_again()
    {
        await scene.Given(BatchScene.Job("a"), BatchScene.Job("b")).Run(new FakeClient());
        await using (var file = File.OpenWrite(scene.Output))
            file.SetLength(file.Length - 20);

        var second = new FakeClient();
        await scene.Run(second);

        Assert.Equal(["b"], second.Sent);
        Assert.Equal(["a", "b"], scene.Endings.Select(ending => ending.GetProperty("jobId").GetString()));
    }

    [Fact]
    public async Task Duplicate_endings_are_written_once()
    {
        await scene.Given(BatchScene.Job("a"), BatchScene.Job("b")).Run(new FakeClient() { Copies = 3 });

        Assert.Equal(2, scene.Endings.Count);
        Assert.Equal(4, scene.Counts.Strays);
    }

    [Fact]
    public async Task No_more_jobs_are_outstanding_than_the_window_holds()
    {
        using var interrupt = new CancellationTokenSource();
        var client = new FakeClient { Answers = _ => false };

        var run = scene.Given(Enumerable.Range(0, 10).Select(i => BatchScene.Job($"j{i}")))
            .Run(client, given => given with { Window = 3 }, interrupt: interrupt.Token);
        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.True(client.Sent.Count <= 3, $"{client.Sent.Count} were sent.");
    }

    [Fact]
    public async Task An_interrupt_writes_what_was_paid_for()
    {
        using var interrupt = new CancellationTokenSource();
        var client = new FakeClient { Answers = _ => false };

        var run = scene.Given(BatchScene.Job("a"), BatchScene.Job("b")).Run(client, interrupt: interrupt.Token);
        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(client.Sent.Order(),
            scene.Endings.Select(ending => ending.GetProperty("jobId").GetString()!).Order());
    }

    public void Dispose() => scene.Dispose();
}
