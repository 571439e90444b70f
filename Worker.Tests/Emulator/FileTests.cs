using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace OpenAIWorker.Tests.Emulator;

public sealed class FileTests : IAsyncDisposable
{
    const string Files = "/v1/files";

    readonly FakeTimeProvider clock = new();
    EmulatorDriver driver = null!;

    [Fact]
    public async Task File_is_kept_and_comes_back_byte_by_byte()
    {
        var file = (await Upload("a.jsonl", "batch")).Json;
        var id = file.GetProperty("id").GetString()!;

        Assert.Equal(("file", "a.jsonl", 5, "batch"),
            (file.GetProperty("object").GetString(), file.GetProperty("filename").GetString(),
                file.GetProperty("bytes").GetInt32(), file.GetProperty("purpose").GetString()));
        Assert.Equal("bytes", (await driver.Get($"{Files}/{id}/content")).Text);
        Assert.Equal(file.GetRawText(), (await driver.Get($"{Files}/{id}")).Text);
        Assert.Equal("277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9",
            driver.Emulator.Files[0].Sha256);
    }

    [Fact]
    public async Task File_for_models_cannot_be_downloaded()
    {
        var id = (await Upload("a.pdf", "assistants")).Json.GetProperty("id").GetString();

        Assert.Equal("Not allowed to download files of purpose: assistants",
            (await driver.Get($"{Files}/{id}/content")).Message);
    }

    [Fact]
    public async Task File_that_expires_is_gone_then()
    {
        var file = (await Upload("a.txt", "user_data", ("expires_after[anchor]", "created_at"),
            ("expires_after[seconds]", "3600"))).Json;

        Assert.Equal(file.GetProperty("created_at").GetInt64() + 3600, file.GetProperty("expires_at").GetInt64());
        Assert.Single(driver.Emulator.Files);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(driver.Emulator.Files);
    }

    [Fact]
    public async Task Deleted_file_is_gone()
    {
        var id = (await Upload("a.txt", "batch")).Json.GetProperty("id").GetString();

        Assert.True((await driver.Send(HttpMethod.Delete, $"{Files}/{id}", null)).Json.GetProperty("deleted")
            .GetBoolean());

        Assert.Equal(404, (await driver.Send(HttpMethod.Delete, $"{Files}/{id}", null)).Status);
        Assert.Equal((404, $"No such File object: {id}"),
            ((await driver.Get($"{Files}/{id}")).Status, (await driver.Get($"{Files}/{id}")).Message));
    }

    [Theory]
    [InlineData("", "d c b a", false)]
    [InlineData("?order=asc", "a b c d", false)]
    [InlineData("?limit=2", "d c", true)]
    [InlineData("?purpose=batch", "c a", false)]
    [InlineData("?purpose=batch&order=asc&limit=1", "a", true)]
    [InlineData("?after=c", "b a", false)]
    [InlineData("?after=b&order=asc&limit=1", "c", true)]
    public async Task List_is_filtered_ordered_and_cut(string query, string expected, bool hasMore)
    {
        foreach (var name in new[] { "a", "b", "c", "d" })
            await Upload(name, name is "a" or "c" ? "batch" : "evals");
        foreach (var file in driver.Emulator.Files)
            query = query.Replace($"after={file.Name}", $"after={file.Id}", StringComparison.Ordinal);

        var list = (await driver.Get(Files + query)).Json;

        Assert.Equal(expected, string.Join(' ',
            list.GetProperty("data").EnumerateArray().Select(file => file.GetProperty("filename").GetString())));
        Assert.Equal(hasMore, list.GetProperty("has_more").GetBoolean());
        Assert.Equal(list.GetProperty("data")[0].GetProperty("id").GetString(),
            list.GetProperty("first_id").GetString());
    }

    [Theory]
    [InlineData("?limit=0", 400, "integer_below_min_value", "limit")]
    [InlineData("?limit=10001", 400, "integer_above_max_value", "limit")]
    [InlineData("?limit=many", 400, "invalid_type", "limit")]
    [InlineData("?order=up", 400, "invalid_value", "order")]
    [InlineData("?foo=1", 400, "unknown_parameter", "foo")]
    [InlineData("?after=nobody", 404, null, "after")]
    public async Task Query_outside_its_table_is_refused(string query, int status, string? code, string param)
    {
        driver = await Start();

        var answer = await driver.Get(Files + query);

        Assert.Equal((status, code, param), (answer.Status, answer.Code, answer.Param));
    }

    [Theory]
    [InlineData("purpose=else", "invalid_value", "purpose")]
    [InlineData("", "missing_required_parameter", "purpose")]
    [InlineData("purpose=batch&foo=1", "unknown_parameter", "foo")]
    [InlineData("purpose=batch&purpose=batch", "invalid_type", "purpose")]
    [InlineData("purpose=batch&expires_after[seconds]=3600", "missing_required_parameter", "expires_after.anchor")]
    [InlineData("purpose=batch&expires_after[anchor]=last_active_at&expires_after[seconds]=3600", "invalid_value",
        "expires_after.anchor")]
    [InlineData("purpose=batch&expires_after[anchor]=created_at&expires_after[seconds]=3599", "integer_below_min_value",
        "expires_after.seconds")]
    [InlineData("purpose=batch&expires_after[anchor]=created_at&expires_after[seconds]=2592001",
        "integer_above_max_value", "expires_after.seconds")]
    [InlineData("purpose=batch&expires_after[anchor]=created_at&expires_after[seconds]=1.5e4x", "invalid_type",
        "expires_after.seconds")]
    public async Task Form_outside_its_table_is_refused(string fields, string code, string param)
    {
        driver = await Start();
        using var form = Forms.Of(fields, ("file", "a"));

        var answer = await driver.Post(Files, form);

        Assert.Equal((400, code, param), (answer.Status, answer.Code, answer.Param));
    }

    [Theory]
    [InlineData("application/json", "{}", "unsupported_content_type")]
    [InlineData("multipart/form-data", "", "unsupported_content_type")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbat",
        null)]
    [InlineData("multipart/form-data; boundary=b", "--b\r\n\r\nnameless\r\n--b--\r\n", null)]
    public async Task What_is_no_whole_form_is_refused(string type, string body, string? code)
    {
        driver = await Start();
        using var content = new ByteArrayContent(
            Encoding.ASCII.GetBytes(body))
        { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

        var answer = await driver.Post(Files, content);

        Assert.Equal((400, code), (answer.Status, answer.Code));
        Assert.Empty(driver.Emulator.Files);
    }

    public ValueTask DisposeAsync() => driver.DisposeAsync();

    Task<EmulatorDriver> Start() => EmulatorDriver.Start(new() { Time = clock });

    async Task<Answered> Upload(string name, string purpose, params (string Name, string Value)[] more)
    {
        driver ??= await Start();
        using var form = new MultipartFormDataContent { { new ByteArrayContent("bytes"u8.ToArray()), "file", name },
            { new StringContent(purpose), "purpose" } };
        foreach (var (field, value) in more)
            form.Add(new StringContent(value), field);
        return await driver.Post(Files, form);
    }
}
