using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>What may already be at the output's place.</summary>
public sealed class OutputSafetySpecs : IDisposable
{
    readonly BatchScene scene = new BatchScene().Given(BatchScene.Job("a"));

    [Theory]
    [InlineData("my diary\n", false)]
    [InlineData("my diary\n", true)]
    [InlineData("""{"Logging":{"LogLevel":{"Default":"Warning"}}}""", false)]
    [InlineData("""{"Logging":{"LogLevel":{"Default":"Warning"}}}""", true)]
    [InlineData("{\n}\n", true)]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/responses","body":{}}""", true)]
    [InlineData("""{"operation":"message-model","jobId":"a"}""", false)]
    [InlineData("""{"id":"batch_req_abc","custom_id":"a","response":{"status_code":200},"error":null}""" + "\n", true)]
    public async Task A_file_that_no_batch_wrote_stays_as_it_is(string content, bool restart)
    {
        File.WriteAllText(scene.Output, content);
        var client = new FakeClient();

        var refusal = await Assert.ThrowsAsync<SettingsException>(() =>
            scene.Run(client, given => given with { Restart = restart }));

        Assert.Contains("not the output of a batch", refusal.Message);
        Assert.Equal(content, File.ReadAllText(scene.Output));
        Assert.Empty(client.Sent);
    }

    [Fact]
    public async Task What_stands_between_the_endings_is_named_and_left()
    {
        await scene.Run(new FakeClient());
        File.AppendAllText(scene.Output, "a note\n");
        var before = File.ReadAllText(scene.Output);

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => scene.Run(new FakeClient()));

        Assert.Contains("that no batch wrote", refusal.Message);
        Assert.Equal(before, File.ReadAllText(scene.Output));
    }

    [Fact]
    public async Task An_ending_that_could_not_be_written_is_not_acknowledged_when_it_comes_again()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        scene.Output = "/dev/full";
        var client = new FakeClient();

        await Assert.ThrowsAsync<IOException>(() => scene.Run(client));

        Assert.NotEmpty(client.Sent);
        Assert.Empty(client.Lost);
    }

    [Fact]
    public async Task The_input_is_never_the_output()
    {
        scene.Output = scene.Input;
        Assert.Contains("is the input", (await Refusal()).Message);

        scene.Output = Path.Combine(scene.Folder, "link.jsonl");
        File.CreateSymbolicLink(scene.Output, scene.Input);
        Assert.Contains("is the input", (await Refusal()).Message);
    }

    [Fact]
    public async Task Two_batches_do_not_write_one_output()
    {
        using var interrupt = new CancellationTokenSource();
        var client = new FakeClient { Answers = _ => false };
        var first = scene.Run(client, interrupt: interrupt.Token);
        await Running.Eventually.Is(() => client.Sent.Count == 1);

        var refusal = await Refusal();
        await interrupt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        Assert.Contains("is being written by another batch", refusal.Message);
    }

    [Theory]
    [InlineData("nowhere/results.jsonl", "There is no folder for")]
    [InlineData("", "is a folder")]
    public async Task A_place_that_cannot_be_written_is_a_sentence(string output, string says)
    {
        scene.Output = Path.Combine(scene.Folder, output);

        Assert.Contains(says, (await Refusal()).Message);
    }

    [Theory]
    [InlineData("nothing.jsonl", "There is no file")]
    [InlineData("", "is a folder")]
    public async Task An_input_that_is_none_is_a_sentence(string input, string says)
    {
        scene.Input = Path.Combine(scene.Folder, input);

        Assert.Contains(says, (await Refusal()).Message);
        Assert.False(File.Exists(scene.Output));
    }

    [Fact]
    public async Task Answers_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        await scene.Run(new FakeClient { IsEmbedded = false });
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scene.Output));

        await scene.Given(BatchScene.Job("a"), BatchScene.Job("z", model: "bad"))
            .Run(new FakeClient(), given => given with { KeepOrder = true });
        await scene.Run(new FakeClient(), given => given with { RetryFailed = true });
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(scene.Output));
    }

    [Fact]
    public async Task A_device_takes_the_answers_and_keeps_nothing()
    {
        scene.Output = "/dev/null";
        var client = new FakeClient { IsEmbedded = true };

        await scene.Run(client);

        Assert.Equal(["a"], client.Sent);
    }

    Task<SettingsException> Refusal() => Assert.ThrowsAsync<SettingsException>(() => scene.Run(new FakeClient()));

    public void Dispose() => scene.Dispose();
}
