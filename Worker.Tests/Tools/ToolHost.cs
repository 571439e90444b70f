using System.Net;
using OpenAIWorker.Tests.Broker;

namespace OpenAIWorker.Tests.Tools;

/// <summary>An HTTP endpoint that is a function: it keeps its requests, and always answers the same.</summary>
sealed class ToolHost : IAsyncDisposable
{
    readonly HttpListener listener = new();
    readonly Dictionary<string, string?> headers = [];
    readonly Task serving;

    ToolHost(Uri address, int status, string body)
    {
        Address = address;
        listener.Prefixes.Add(address.ToString());
        listener.Start();
        serving = Serve(status, body);
    }

    public Uri Address { get; }

    public string Body { get; private set; } = "";

    public static Task<ToolHost> Start(int status, string body) =>
        Task.FromResult(new ToolHost(new($"http://127.0.0.1:{FreePort.Next()}/"), status, body));

    public string? Header(string name) => headers.GetValueOrDefault(name);

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    async Task Serve(int status, string body)
    {
        try
        {
            while (true)
                await Answer(await listener.GetContextAsync(), status, body);
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    async Task Answer(HttpListenerContext http, int status, string body)
    {
        Body = await new StreamReader(http.Request.InputStream).ReadToEndAsync();
        foreach (var name in http.Request.Headers.AllKeys)
            headers[name!] = http.Request.Headers[name];
        http.Response.StatusCode = status;
        if (status == 302)
            http.Response.RedirectLocation = Address.ToString();
        await http.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body));
        http.Response.Close();
    }
}
