using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Cli.Batch;

public sealed class FirstLookSpecs : IDisposable
{
    readonly BatchScene scene = new();

    [Theory]
    [InlineData("id,text\n1,Hello\n", "Is it a table?")]
    [InlineData("[{\"a\":1}]", "JSON array")]
    [InlineData("[\n{\"operation\":\"list-files\"},\n{\"operation\":\"list-files\"}\n]\n", "JSON array")]
    [InlineData("{\"text\": [\n", "it ends before all braces and brackets are closed")]
    [InlineData("{\n  \"operation\": \"message-model\"\n}\n", "several lines")]
    [InlineData("\u001f\u008b", "cannot be run")]
    [InlineData("{\"text\":\"x\"}\n{\"text\":\"y\"}\n", "operation is missing")]
    [InlineData("", "has no jobs")]
    [InlineData("\n \n", "has no jobs")]
    public async Task Another_file_than_was_meant_is_one_sentence_and_nothing_is_sent(string content, string says)
    {
        File.WriteAllText(scene.Input, content);
        var client = new FakeClient();

        var refusal = await Assert.ThrowsAsync<SettingsException>(() => scene.Run(client));

        Assert.Contains(says, Assert.Single(refusal.Problems));
        Assert.Empty(client.Sent);
        Assert.False(File.Exists(scene.Output));
    }

    [Fact]
    public async Task Ten_bad_lines_at_the_beginning_are_one_sentence_too() => Assert.Contains(
        "its first 10 lines cannot be run. Line 1: temprature is not a member",
        (await Assert.ThrowsAsync<SettingsException>(() =>
            scene.Given(Enumerable.Range(0, 12)
                .Select(i => $$"""{"operation":"message-model","jobId":"{{i}}","temprature":1}"""))
                    .Run(new FakeClient()))).Message);

    [Fact]
    public async Task Commas_between_the_lines_are_named_with_their_cure() => Assert.Contains(
        "its first 10 lines cannot be run. Line 1: The line is not a JSON object: a comma follows it. Remove it. In "
            + "all lines: sed 's/,$//' FILE > jobs.jsonl. Nothing was sent.",
        (await Assert.ThrowsAsync<SettingsException>(() =>
            scene.Given(Enumerable.Range(0, 12).Select(i => BatchScene.Job($"{i}") + ","))
                .Run(new FakeClient()))).Message);

    public void Dispose() => scene.Dispose();
}
