using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OpenAIWorker.Tests.Payloads;

namespace OpenAIWorker.Tests.Delivery.Credentials;

/// <summary>A provider that refuses keys and requests as a test demands, in the words of a real one.</summary>
sealed class KeyedProvider : IAsyncDisposable
{
    const string Answer =
        """{"status":"completed","model":"m","output":[{"type":"message","content":"""
            + """[{"type":"output_text","text":"yes"}]}],"usage":{"input_tokens":1,"output_tokens":1}}""";

    FileHost host = null!;

    public string Url => $"http://127.0.0.1:{host.Port}/v1";

    public int Port => host.Port;

    /// <summary>The refusal of a call: path, key and text of the request → status and body; null accepts it.</summary>
    public Func<string, string, string, (int Status, string Body)?> Refusal { get; set; } = (_, _, _) => null;

    /// <summary>The texts of the answered requests, in order.</summary>
    public ConcurrentQueue<string> Answered { get; } = new();

    public int Probes { get; private set; }

    public static async Task<KeyedProvider> Start()
    {
        var provider = new KeyedProvider();
        provider.host = await FileHost.Start(provider.Serve);
        return provider;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    async Task Serve(HttpContext http)
    {
        var key = http.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        var text = HttpMethods.IsPost(http.Request.Method)
            ? TextOf(await JsonDocument.ParseAsync(http.Request.Body))
            : "";
        http.Response.ContentType = "application/json";
        if (HttpMethods.IsGet(http.Request.Method))
            Probes++;
        if (Refusal(http.Request.Path.Value!, key, text) is { } refusal)
        {
            http.Response.StatusCode = refusal.Status;
            await http.Response.WriteAsync(refusal.Body);
            return;
        }
        if (text.Length > 0)
            Answered.Enqueue(text);
        await http.Response.WriteAsync(HttpMethods.IsGet(http.Request.Method)
            ? """{"object":"list","data":[]}"""
            : Answer);
    }

    static string TextOf(JsonDocument body)
    {
        using (body)
            return body.RootElement.GetProperty("input").ToString();
    }
}
