using System.Text.Json;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Payload;

public sealed class PayloadSpecs
{
    [Fact]
    public async Task What_is_put_can_be_got()
    {
        var (code, said) = await Run("some bytes", "put", "-", "--json");
        var id = JsonElement.Parse(said).GetProperty("id").GetString()!;

        Assert.Equal((0, 10), (code, JsonElement.Parse(said).GetProperty("length").GetInt32()));
        Assert.Equal((0, "some bytes"), await Run("", "get", id));
    }

    [Fact]
    public async Task A_file_gives_its_name_and_type()
    {
        var (_, said) = await Run("", "put", Repository.PathOf("ops/settings.md"), "--json");

        Assert.Equal(("settings.md", "text/markdown"),
            (JsonElement.Parse(said).GetProperty("fileName").GetString(),
                JsonElement.Parse(said).GetProperty("contentType").GetString()));
    }

    [Theory]
    [InlineData("p-none", 1, "nothing was stored with this id")]
    [InlineData("../../etc/passwd", 2, "is not a payload id")]
    public async Task What_is_not_there_is_told_in_a_sentence(string id, int ends, string says)
    {
        var (code, said) = await Run("", "get", id);

        Assert.Equal(ends, code);
        Assert.Contains(says, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_is_told_in_a_sentence() =>
        Assert.Equal((2, "There is no file nowhere.bin."), await Run("", "put", "nowhere.bin"));

    static Task<(int Code, string Said)> Run(string input, params string[] words) =>
        ForeignProgram.Run("dotnet", "", [WorkerProgram.Path, "payload", .. words, .. TestSettings.For(null)],
            new Dictionary<string, string>(), input);
}
