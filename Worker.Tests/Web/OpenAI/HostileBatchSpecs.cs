using System.Text;
using System.Text.Json;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Web.OpenAI;

/// <summary>Files that are not batches, and odd batches.</summary>
public sealed class HostileBatchSpecs : IDisposable
{
    readonly WebAddress web = new();

    [Theory]
    [InlineData("", "empty_file")]
    [InlineData("\n \r\n\n", "empty_file")]
    [InlineData("id,text\n1,Hello\n", "invalid_json_line")]
    [InlineData("[{\"custom_id\":\"a\"}]", "invalid_json_line")]
    [InlineData("{\"custom_id\":\"a\"}\n{\"custom_id\":\"b\"}", "invalid_request")]
    [InlineData("{\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{}}", "missing_custom_id")]
    [InlineData("{\"custom_id\":\"a\",\"url\":\"/v1/responses\",\"body\":{}}", "mismatched_endpoint")]
    [InlineData("{\"custom_id\":\"a\",\"body\":{\"stream\":true}}", "invalid_request")]
    public async Task A_file_without_a_line_that_can_be_run_fails_and_costs_nothing(string content, string code)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var batch = await client.Ended(await client.Batch(content.Split('\n')));

        Assert.Equal("failed", batch.GetProperty("status").GetString());
        Assert.Equal(code, batch.GetProperty("errors").GetProperty("data")[0].GetProperty("code").GetString());
        Assert.Equal(0, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task What_Windows_writes_is_read()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var batch = await client.Ended(await client.Batch(
            $"\uFEFF{ApiScene.Line("a")}\r", $"{ApiScene.Line("b")}\r", ""));

        Assert.Equal(2, batch.GetProperty("request_counts").GetProperty("completed").GetInt32());
    }

    [Fact]
    public async Task A_line_of_30_MB_fails_alone()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var batch = await client.Ended(await client.Batch(
            ApiScene.Line("large", says: new string('x', 30_000_000)), ApiScene.Line("small")));

        Assert.Equal(["small"], await Ids(client, batch, "output_file_id"));
        var error = Assert.Single(await client.Lines(batch, "error_file_id"));
        Assert.Equal(("large", "request_too_large"), (error.GetProperty("custom_id").GetString(),
            error.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Ids_that_are_odd_come_back_as_they_were()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        string[] ids = ["<script>", "ü/../..", "a b", "\\u0000", new('x', 512)];

        var batch = await client.Ended(await client.Batch(ids.Select(id => ApiScene.Line(id))));

        Assert.Equal([.. ids.Select(id => id == "\\u0000" ? "\0" : id)], await Ids(client, batch, "output_file_id"));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_a_fault_of_their_line()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        byte[] content = [.. Encoding.UTF8.GetBytes(ApiScene.Line("a")), (byte)'\n', 0xFF, 0xFE, (byte)'\n'];

        var file = (await client.Upload(content).Json()).GetProperty("id").GetString()!;
        var batch = await client.Ended((await client.CreateBatch(file).Json()).GetProperty("id").GetString()!);

        Assert.Equal((1, 1), (batch.GetProperty("request_counts").GetProperty("completed").GetInt32(),
            batch.GetProperty("request_counts").GetProperty("failed").GetInt32()));
    }

    public void Dispose() => web.Dispose();

    static async Task<IEnumerable<string?>> Ids(HttpClient client, JsonElement batch, string which) =>
        (await client.Lines(batch, which)).Select(line => line.GetProperty("custom_id").GetString());
}
