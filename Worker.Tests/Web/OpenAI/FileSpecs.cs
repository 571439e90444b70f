using System.Net;
using System.Text;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Web.OpenAI;

/// <summary><c>/v1/files</c> for a program that knows OpenAI's reference.</summary>
public sealed class FileSpecs : IDisposable
{
    const string Form = "multipart/form-data; boundary=b";
    const string File = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n";

    readonly WebAddress web = new();

    [Fact]
    public async Task A_file_is_kept_as_it_came()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        byte[] content = [1, 0, 13, 10, 255, .. "é\n"u8];

        var file = await client.Upload(content, name: "my jobs.jsonl").Json();

        var id = file.GetProperty("id").GetString();
        Assert.Equal(("file", "batch", "my jobs.jsonl", content.Length, "processed"),
            (file.GetProperty("object").GetString(), file.GetProperty("purpose").GetString(),
                file.GetProperty("filename").GetString(), file.GetProperty("bytes").GetInt32(),
                file.GetProperty("status").GetString()));
        Assert.Equal(file.GetRawText(), (await client.Get($"/v1/files/{id}").Json()).GetRawText());
        Assert.Equal(content, await (await client.Get($"/v1/files/{id}/content")).Content.ReadAsByteArrayAsync(
            TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("a %22b%22%0D%0A.jsonl", "a \"b\".jsonl")]
    [InlineData("a \\\"b\\\".jsonl", "a \"b\".jsonl")]
    [InlineData("100%25.jsonl", "100%25.jsonl")]
    [InlineData("C:\\jobs\\a.jsonl", "a.jsonl")]
    public async Task A_name_is_read_as_browsers_write_it(string sent, string name)
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var content = new StringContent(
            "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
            + $"{File.Replace("\"f\"", $"\"{sent}\"", StringComparison.Ordinal)}x\r\n--b--\r\n");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", Form);

        Assert.Equal(name, (await client.Call(HttpMethod.Post, "/v1/files", content).Json())
            .GetProperty("filename").GetString());
    }

    [Fact]
    public async Task A_file_that_is_deleted_is_gone()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var id = await client.File("x");

        var answer = await client.Call(HttpMethod.Delete, $"/v1/files/{id}", null).Json();

        Assert.True(answer.GetProperty("deleted").GetBoolean());
        Assert.Equal("not_found", await client.Get($"/v1/files/{id}").ErrorCode(HttpStatusCode.NotFound));
        Assert.Equal("not_found", await client.Get($"/v1/files/{id}/content").ErrorCode(HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_list_has_pages()
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await client.File($"{i}"));
        ids.Reverse();

        var (seen, after) = (new List<string>(), "");
        while (true)
        {
            var page = await client.Get($"/v1/files?limit=2&purpose=batch{after}").Json();
            seen.AddRange(page.GetProperty("data").EnumerateArray()
                .Select(file => file.GetProperty("id").GetString()!));
            if (!page.GetProperty("has_more").GetBoolean())
                break;
            after = $"&after={page.GetProperty("last_id").GetString()}";
        }

        Assert.Equal(ids, seen);
    }

    [Theory]
    [InlineData("/v1/files?limit=0", "limit")]
    [InlineData("/v1/files?limit=10001", "limit")]
    [InlineData("/v1/files?order=up", "order")]
    [InlineData("/v1/files?after=file-0", "after")]
    [InlineData("/v1/batches?limit=101", "limit")]
    public async Task A_list_that_cannot_be_is_refused(string address, string param)
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        Assert.Equal(param,
            (await client.Get(address).Error(HttpStatusCode.BadRequest)).GetProperty("param").GetString());
    }

    [Fact]
    public async Task A_purpose_that_means_nothing_here_is_refused()
    {
        await using var worker = await web.Start();
        using var client = web.Client();

        var error = await client.Upload("x"u8.ToArray(), "assistants").Error(HttpStatusCode.BadRequest);

        Assert.Equal(("purpose", "invalid_request_error"),
            (error.GetProperty("param").GetString(), error.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_while_it_comes()
    {
        await using var worker = await web.Start("--Web:MaxFileBytes=2000");
        using var client = web.Client();

        var code = await client.Upload(new byte[2001]).ErrorCode(HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal("too_large", code);
        Assert.Equal(0, (await client.Get("/v1/files").Json()).GetProperty("data").GetArrayLength());
        Assert.Equal(2000, (await client.Upload(new byte[2000]).Json()).GetProperty("bytes").GetInt32());
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data", "x")]
    [InlineData(Form, $"{File}x")]
    [InlineData(Form, "--b\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--b--\r\n")]
    [InlineData(Form, $"{File}x\r\n--b--\r\n")]
    public async Task A_form_that_is_none_is_refused_and_leaves_the_store_as_it_was(string type, string body)
    {
        await using var worker = await web.Start();
        using var client = web.Client();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var error = await client.Call(HttpMethod.Post, "/v1/files", content).Error(HttpStatusCode.BadRequest);

        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.OK, (await client.Upload("x"u8.ToArray())).StatusCode);
    }

    public void Dispose() => web.Dispose();
}
