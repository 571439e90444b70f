namespace OpenAIWorker.Tests.Emulator;

public sealed class ConversationTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    const string Path = "/v1/conversations";

    [Theory]
    [InlineData("""{"items":"x"}""", "items")]
    [InlineData("""{"title":"x"}""", "title")]
    [InlineData("""{"metadata":{"k":1}}""", "metadata.k")]
    public async Task Request_outside_its_table_is_refused(string body, string param)
    {
        var answer = await shared.Driver.Post(Path, body);

        Assert.Equal((400, param), (answer.Status, answer.Param));
    }

    [Fact]
    public async Task Changing_needs_the_pairs() => Assert.Equal("metadata", (await shared.Driver.Post($"{Path}/conv_1", "{}")).Param);

    [Fact]
    public async Task One_that_is_not_there_is_not_found() => Assert.Equal(404, (await shared.Driver.Get($"{Path}/conv_1")).Status);
}
