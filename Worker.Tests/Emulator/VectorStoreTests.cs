using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Emulator;

namespace OpenAIWorker.Tests.Emulator;

public sealed class VectorStoreTests
{
    const string Path = "/v1/vector_stores";

    [Theory]
    [InlineData("""{"files":[]}""", "files")]
    [InlineData("""{"file_ids":"f"}""", "file_ids")]
    [InlineData("""{"expires_after":{"anchor":"last_active_at","days":366}}""", "expires_after.days")]
    [InlineData("""{"metadata":{"k":1}}""", "metadata.k")]
    public async Task Request_outside_its_table_is_refused(string body, string param)
    {
        await using var driver = await EmulatorDriver.Start();

        Assert.Equal((400, param),
            ((await driver.Post(Path, body)) is var answer ? (answer.Status, answer.Param!) : default));
    }

    [Fact]
    public async Task Files_are_read_in_time_and_what_is_not_there_fails()
    {
        var clock = new FakeTimeProvider();
        await using var driver = await EmulatorDriver.Start(new EmulatorOptions { Time = clock });

        var made = (await driver.Post(Path, """{"name":"Terms","file_ids":["file-gone"]}""")).Json;
        clock.Advance(TimeSpan.FromSeconds(3));
        var read = (await driver.Get($"{Path}/{made.GetProperty("id").GetString()}")).Json;

        Assert.Equal(("vector_store", "Terms", "in_progress"),
            (Text(made, "object"), Text(made, "name"), Text(made, "status")));
        Assert.Equal(("completed", 1),
            (Text(read, "status"), read.GetProperty("file_counts").GetProperty("failed").GetInt32()));
    }

    [Fact]
    public async Task Deleted_one_is_gone()
    {
        await using var driver = await EmulatorDriver.Start();
        var id = Text((await driver.Post(Path, "{}")).Json, "id");

        Assert.True((await driver.Send(HttpMethod.Delete, $"{Path}/{id}", json: null)).Json.GetProperty("deleted")
            .GetBoolean());
        Assert.Equal(404, (await driver.Get($"{Path}/{id}")).Status);
    }

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
