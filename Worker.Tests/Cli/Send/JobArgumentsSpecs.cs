using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Cli.Send;
using OpenAIWorker.Operations;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Tests.Cli.Send;

/// <summary>What a command line becomes before anything is sent.</summary>
public sealed class JobArgumentsSpecs : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("openai-worker-send").FullName;

    [Theory]
    [InlineData("message-model", "messages", """[{"text":"Hi"}]""")]
    [InlineData("create-conversation", "messages", """[{"text":"Hi"}]""")]
    [InlineData("classify-text", "text", "\"Hi\"")]
    [InlineData("create-embeddings", "text", "\"Hi\"")]
    [InlineData("generate-speech", "text", "\"Hi\"")]
    [InlineData("analyze-image", "text", "\"Hi\"")]
    [InlineData("generate-image", "prompt", "\"Hi\"")]
    [InlineData("edit-image", "prompt", "\"Hi\"")]
    [InlineData("message-assistant", "prompt", "\"Hi\"")]
    public void Every_operation_that_has_a_prompt_takes_it_as_a_word(string operation, string member, string json) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), Job(operation, "Hi")[member]),
            Job(operation, "Hi").ToJsonString());

    [Theory]
    [InlineData("message-model", "messages", 0, "images")]
    [InlineData("analyze-image", "images")]
    [InlineData("classify-text", "images")]
    [InlineData("edit-image", "images")]
    [InlineData("message-assistant", "images")]
    public void Image_is_a_file(string operation, params object[] path) =>
        Assert.Equal("AQID", At(Job(operation, "Hi", "--image", File("f.png", 1, 2, 3)),
            path)[0]!["base64"]!.GetValue<string>());

    [Theory]
    [InlineData("5s", "00:00:05")]
    [InlineData("1d12h", "1.12:00:00")]
    [InlineData("00:00:05", "00:00:05")]
    public void A_time_is_written_as_for_other_commands(string given, string sent) =>
        Assert.Equal(sent, Job("message-model", "Hi", "--timeout", given)["timeout"]!.GetValue<string>());

    [Fact]
    public void Files_go_with_the_words_in_one_message()
    {
        var message = Assert.Single(Job("message-model", "Look", "--image", File("f.png", 1), "--file",
            File("f.pdf", 2), "--audio", File("f.mp3", 3))["messages"]!.AsArray())!;

        Assert.Equal(("Look", "f.pdf", "mp3"),
            (message["text"]!.GetValue<string>(), message["files"]![0]!["fileName"]!.GetValue<string>(),
                message["audio"]![0]!["format"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("transcribe-audio", "--audio", "audio")]
    [InlineData("translate-audio", "--audio", "audio")]
    [InlineData("upload-file", "--file", "file")]
    public void Bytes_of_a_request_are_a_file_with_its_name(string operation, string option, string member)
    {
        var bytes = Job(operation, option, File("f.wav", 1, 2, 3))[member]!;

        Assert.Equal(("AQID", "f.wav"), (bytes["base64"]!.GetValue<string>(), bytes["fileName"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("https://example.com/a.mp3", """{"url":"https://example.com/a.mp3"}""")]
    [InlineData("p-81", """{"payload":{"id":"p-81","length":0}}""")]
    [InlineData("""{"base64":"AQID"}""", """{"base64":"AQID"}""")]
    public void Bytes_are_an_address_a_payload_or_JSON_as_well(string given, string json) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), Job("transcribe-audio", "--audio", given)["audio"]));

    [Fact]
    public void A_file_that_is_missing_is_named() =>
        Assert.Equal("There is no file nowhere.png.",
            Assert.Throws<SettingsException>(() => Job("analyze-image", "Hi", "--image", "nowhere.png")).Message);

    [Fact]
    public void Bytes_that_would_become_question_marks_are_not_sent()
    {
        var file = File("latin1.json", [.. """{"model":"m","messages":[{"text":"h"""u8, 0xE9, .. """llo"}]}"""u8]);

        Assert.Equal($"{file} has bytes that are not UTF-8. Encode it in UTF-8.",
            Assert.Throws<SettingsException>(() => Job("message-model", "--body", file)).Message);
    }

    [Theory]
    [InlineData("--temperature", "warm", "--temperature is 'warm'; expected: a number.")]
    [InlineData("--store", "maybe", "--store is 'maybe'; expected: true or false.")]
    [InlineData("--metadata", """{"a":"1","a":"2"}""", "--metadata is not JSON: Duplicate property 'a'")]
    public void An_option_that_cannot_be_read_says_what_it_takes(string option, string value, string says) =>
        Assert.StartsWith(says,
            Assert.Throws<SettingsException>(() => Job("message-model", "Hi", option, value)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_file_that_no_message_takes_is_refused_with_the_way_that_there_is()
    {
        var file = Path.Combine(folder, "long.wav");
        using (var large = System.IO.File.Create(file))
            large.SetLength(11 * 1024 * 1024);

        Assert.Contains($"worker payload put {file}",
            Assert.Throws<SettingsException>(() => Job("transcribe-audio", "--audio", file)).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static JsonNode At(JsonNode json, object[] path) =>
        path.Aggregate(json, (at, step) => step is int index ? at[index]! : at[(string)step]!);

    string File(string name, params byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    static JsonObject Job(string name, params string[] words)
    {
        var operation = OperationCatalog.Named(name)!;
        var arguments = new JobArguments(operation);
        var parsed = arguments.AddTo(new Command(name)).Parse(words);
        Assert.Empty(parsed.Errors);
        return JsonSerializer.SerializeToNode(arguments.Read(parsed), operation.Json)!.AsObject();
    }
}
