using System.Globalization;

namespace OpenAIWorker.Tests.Emulator;

public sealed class ConversationTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    const string Path = "/v1/conversations";

    [Theory]
    [InlineData("""{"items":"x"}""", "items")]
    [InlineData("""{"items":[{"role":"king","content":"x"}]}""", "items[0].role")]
    [InlineData("""{"title":"x"}""", "title")]
    [InlineData("""{"metadata":{"k":1}}""", "metadata.k")]
    public async Task Request_outside_its_table_is_refused(string body, string param)
    {
        var answer = await shared.Driver.Post(Path, body);

        Assert.Equal((400, param), (answer.Status, answer.Param));
    }

    [Fact]
    public async Task Changing_needs_the_pairs() =>
        Assert.Equal("metadata", (await shared.Driver.Post($"{Path}/conv_1", "{}")).Param);

    [Fact]
    public async Task One_that_is_not_there_is_not_found() =>
        Assert.Equal(404, (await shared.Driver.Get($"{Path}/conv_1")).Status);

    [Fact]
    public async Task It_begins_with_twenty_items_at_most()
    {
        Assert.Equal(200, (await shared.Driver.Post(Path, Items(20))).Status);
        Assert.Equal("items", (await shared.Driver.Post(Path, Items(21))).Param);
    }

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("{{\"id\":\"{0}\"}}")]
    public async Task A_response_goes_on_with_a_conversation_that_is_there(string named)
    {
        var id = (await shared.Driver.Post(Path, "{}")).Json.GetProperty("id").GetString();

        Assert.Equal(200, (await Respond(named, id)).Status);
        await shared.Driver.Send(HttpMethod.Delete, $"{Path}/{id}", json: null);
        var refused = await Respond(named, id);

        Assert.Equal((404, $"Conversation with id '{id}' not found."), (refused.Status, refused.Message));
    }

    Task<Answered> Respond(string named, string? id) => shared.Driver.Post(
        EmulatorDriver.Responses,
        $$"""{"model":"m","input":"Hi","conversation":{{string.Format(CultureInfo.InvariantCulture, named, id)}}}""");

    static string Items(int count) =>
        $$"""{"items":[{{string.Join(',', Enumerable.Repeat("""{"role":"user","content":"x"}""", count))}}]}""";
}
