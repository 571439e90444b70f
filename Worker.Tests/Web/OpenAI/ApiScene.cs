using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Web.Door;

namespace OpenAIWorker.Tests.Web.OpenAI;

/// <summary>Calls OpenAI's API like a program that knows only its reference.</summary>
static class ApiScene
{
    public const string Chat = "/v1/chat/completions";

    static readonly string[] Ends = ["completed", "failed", "expired", "cancelled"];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A line of a batch.</summary>
    public static string Line(string id, string model = "m", string says = "Hello", string url = Chat) =>
        $$$"""
        {"custom_id":"{{{id}}}","method":"POST","url":"{{{url}}}","body":{"model":"{{{model}}}","messages":[{"role":"user","content":"{{{says}}}"}]}}
        """;

    public static Task<HttpResponseMessage> Upload(this HttpClient client, byte[] content, string purpose = "batch",
        string name = "jobs.jsonl")
    {
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/jsonl");
        return client.Call(HttpMethod.Post, "/v1/files", new MultipartFormDataContent
        {
            { new StringContent(purpose), "purpose" },
            { file, "file", name },
        });
    }

    /// <summary>Uploads a file with these lines, and returns its id.</summary>
    public static async Task<string> File(this HttpClient client, params IEnumerable<string> lines) =>
        (await client.Upload(Encoding.UTF8.GetBytes(string.Join('\n', lines))).Json()).GetProperty("id").GetString()!;

    public static Task<HttpResponseMessage> CreateBatch(this HttpClient client, string file, string endpoint = Chat,
        string window = "24h") => client.Post("/v1/batches",
        $$"""{"input_file_id":"{{file}}","endpoint":"{{endpoint}}","completion_window":"{{window}}"}""");

    /// <summary>Creates a batch of these lines, and returns its id.</summary>
    public static async Task<string> Batch(this HttpClient client, params IEnumerable<string> lines) =>
        (await client.CreateBatch(await client.File(lines)).Json()).GetProperty("id").GetString()!;

    /// <summary>A batch when it has ended.</summary>
    public static Task<JsonElement> Ended(this HttpClient client, string batch) =>
        client.Until($"/v1/batches/{batch}", json => Ends.Contains(json.GetProperty("status").GetString()));

    /// <summary>The answer at an address, which must succeed.</summary>
    public static async Task<JsonElement> Until(this HttpClient client, string address, Func<JsonElement, bool> isSo)
    {
        JsonElement last = default;
        await Eventually.Is(async () => isSo(last = await client.Get(address).Json()), address);
        return last;
    }

    /// <summary>The lines of a file that a batch made; empty if there is no file.</summary>
    public static async Task<List<JsonElement>> Lines(this HttpClient client, JsonElement batch, string which)
    {
        if (batch.GetProperty(which).GetString() is not { } file)
            return [];
        var content = await (await client.Get($"/v1/files/{file}/content")).Content.ReadAsStringAsync(Cancellation);
        return [.. content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    /// <summary>The error of an answer with this status.</summary>
    public static async Task<JsonElement> Error(this Task<HttpResponseMessage> asked, HttpStatusCode status)
    {
        var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {text}");
        return JsonElement.Parse(text).GetProperty("error");
    }

    public static async Task<string?> ErrorCode(this Task<HttpResponseMessage> asked, HttpStatusCode status) =>
        (await asked.Error(status)).GetProperty("code").GetString();
}
