using System.Net;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>Calls the front door like a program that knows only addresses and JSON.</summary>
static class Door
{
    /// <summary>The smallest job with an answer.</summary>
    public const string Smallest = """{"model":"m","messages":[{"text":"Hello"}]}""";

    /// <summary>The same with an id and other members.</summary>
    public static string Named(string id, string? more = null) =>
        $$"""{"jobId":"{{id}}","model":"m","messages":[{"text":"Hello"}]{{(more is null ? "" : $",{more}")}}}""";

    /// <summary>A text as JSON.</summary>
    public static string? Of(this JsonElement json, string member) => json.GetProperty(member).GetString();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<EmbeddedWorker> Start(this WebAddress web, params string[] settings) =>
        EmbeddedWorker.Start([.. web.Settings, .. settings]);

    public static Task<HttpResponseMessage> Post(this HttpClient client, string address, string body,
        params (string Name, string Value)[] headers) =>
        client.Call(HttpMethod.Post, address, new StringContent(body, Encoding.UTF8, "application/json"), headers);

    public static Task<HttpResponseMessage> Get(this HttpClient client, string address,
        params (string Name, string Value)[] headers) => client.Call(HttpMethod.Get, address, null, headers);

    /// <summary>
    /// The whole answer. Disposing of a half-read answer closes the connection, and the rest is not done.
    /// </summary>
    public static Task<HttpResponseMessage> Call(this HttpClient client, HttpMethod method, string address,
        HttpContent? body, params (string Name, string Value)[] headers) =>
        client.SendAsync(Request(method, address, body, headers), Cancellation);

    /// <summary>An answer as soon as it begins. The caller reads and disposes of it.</summary>
    public static Task<HttpResponseMessage> Open(this HttpClient client, string address,
        params (string Name, string Value)[] headers) => client.SendAsync(
        Request(HttpMethod.Get, address, null, headers), HttpCompletionOption.ResponseHeadersRead, Cancellation);

    public static async Task<JsonElement> Json(this HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(Cancellation));

    public static async Task<JsonElement> Json(this Task<HttpResponseMessage> answer) => await (await answer).Json();

    /// <summary>A problem's code, if its status is this one.</summary>
    public static async Task<string> Problem(this Task<HttpResponseMessage> asked, HttpStatusCode status)
    {
        var answer = await asked;
        Assert.Equal((status, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return (await answer.Json()).GetProperty("code").GetString()!;
    }

    static HttpRequestMessage Request(HttpMethod method, string address, HttpContent? body,
        (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address) { Content = body };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
