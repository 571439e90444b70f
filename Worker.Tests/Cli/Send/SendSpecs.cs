using System.Text.Json;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Send;

public sealed class SendSpecs : IAsyncLifetime
{
    OpenAIEmulator emulator = null!;

    public async ValueTask InitializeAsync() => emulator = await OpenAIEmulator.Start();

    public ValueTask DisposeAsync() => emulator.DisposeAsync();

    [Fact]
    public async Task Waiting_prints_the_answer_and_nothing_else() =>
        Assert.Contains("Hello", await Run(0, "message-model", "--model", "m", "Hello", "--wait"),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_failure_is_told_with_its_code() =>
        Assert.StartsWith("model_not_found",
            await Run(1, "message-model", "--model", "m+status:404", "Hello", "--wait"), StringComparison.Ordinal);

    [Fact]
    public async Task Members_are_options_of_any_JSON() => Assert.Contains(
        "\"metadata\":{\"a\":\"b\"}",
        await Run(0, "message-model", "--model", "m", "--max-tokens", "20", "--metadata", """{"a":"b"}""", "x",
            "--wait", "--json"), StringComparison.Ordinal);

    [Fact]
    public async Task A_value_that_does_not_fit_sends_nothing() =>
        Assert.Contains("maxTokens is \"many\"",
            await Run(2, "message-model", "--model", "m", "--max-tokens", "\"many\"", "x", "--wait"),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_body_from_a_file_is_the_job_and_options_go_over_it()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file,
            """{"jobId":"filed","model":"m","messages":[{"text":"Hello"}],"metadata":{"a":"b"}}""",
            TestContext.Current.CancellationToken);

        var ending = JsonElement.Parse(await Run(0, "message-model", "--body", file, "--metadata", """{"c":"d"}""",
            "and you", "--wait", "--json"));
        File.Delete(file);

        Assert.Equal(("filed", """{"c":"d"}"""),
            (ending.GetProperty("jobId").GetString(), ending.GetProperty("metadata").GetRawText()));
        Assert.Equal(["Hello", "and you"],
            Assert.Single(emulator.Calls).Body.GetProperty("input").EnumerateArray()
                .Select(message => message.GetProperty("content").ToString()));
    }

    [Fact]
    public async Task A_body_may_come_by_standard_input() => Assert.Contains(
        "\"jobId\":\"piped\"",
        await RunWith("""{"jobId":"piped","text":"x"}""", 0, ["classify-text", "--body", "-", "--wait", "--json"]),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("no-such-file.json", "", "There is no file no-such-file.json")]
    [InlineData("-", "[1]", "- is not a JSON object")]
    [InlineData("-", "{", "--body is not JSON")]
    [InlineData("-", "", "Standard input is empty")]
    [InlineData("-", """{"text":"x","text":"y"}""", "--body is not JSON: Duplicate property 'text'")]
    public async Task A_body_that_is_none_sends_nothing(string body, string input, string said)
    {
        Assert.Contains(said, await RunWith(input, 2, ["classify-text", "--body", body, "--wait"]),
            StringComparison.Ordinal);
        Assert.Empty(emulator.Calls);
    }

    [Fact]
    public async Task Without_a_broker_and_without_waiting_nothing_can_be_sent() =>
        Assert.Contains("Broker:Uri is missing", await Run(2, "classify-text", "x"), StringComparison.Ordinal);

    [Fact]
    public async Task A_prompt_may_begin_with_an_at_sign() =>
        Assert.Contains("@everyone", await Run(0, "message-model", "--model", "m", "@everyone", "--wait"),
            StringComparison.Ordinal);

    [Fact]
    public async Task A_prompt_may_come_by_standard_input()
    {
        await RunWith("Read me", 0, ["message-model", "--model", "m", "-", "--wait"]);

        Assert.Contains("Read me", Assert.Single(emulator.Calls).Body.GetProperty("input").GetRawText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prompt_that_nobody_wrote_is_not_paid_for()
    {
        Assert.Contains("Standard input is empty", await Run(2, "message-model", "--model", "m", "-", "--wait"),
            StringComparison.Ordinal);
        Assert.Empty(emulator.Calls);
    }

    [Fact]
    public async Task What_was_made_is_saved_as_a_file()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.mp3");

        var said = await Run(0, "generate-speech", "--model", "m", "--voice", "alloy", "Hello", "--save", file);
        var length = new FileInfo(file).Length;
        File.Delete(file);

        Assert.Equal($"{file}: {length} bytes", said);
        Assert.True(length > 0);
    }

    [Fact]
    public async Task An_answer_of_words_is_saved_as_words()
    {
        var file = Path.GetTempFileName();

        await Run(0, "message-model", "--model", "m", "Hello", "--save", file);
        var saved = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        File.Delete(file);

        Assert.StartsWith("Hello", saved, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_called_for_a_file_that_cannot_be()
    {
        Assert.Contains("there is no folder",
            await Run(2, "generate-speech", "--model", "m", "--voice", "alloy", "Hello", "--save",
                "/nowhere/at/all.mp3"), StringComparison.Ordinal);
        Assert.Empty(emulator.Calls);
    }

    Task<string> Run(int ends, params IReadOnlyList<string> words) => RunWith("", ends, words);

    async Task<string> RunWith(string input, int ends, IReadOnlyList<string> words)
    {
        var (exitCode, said) = await ForeignProgram.Run("dotnet", "",
            [WorkerProgram.Path, "send", .. words, .. TestSettings.For(emulator)], new Dictionary<string, string>(),
            input);
        Assert.True(exitCode == ends, $"It ended with {exitCode}: {said}");
        return said;
    }
}
