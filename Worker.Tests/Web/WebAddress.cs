using System.Net.Http.Headers;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Tests.Web;

/// <summary>The web of a worker at a free port, and its callers.</summary>
public sealed class WebAddress : IDisposable
{
    readonly string folder;

    public WebAddress() : this(Directory.CreateTempSubdirectory("openai-worker-web-").FullName)
    {
    }

    WebAddress(string folder) => this.folder = folder;

    /// <summary>Another process with the same database. Its files are deleted with this one's.</summary>
    public WebAddress Beside() => new(folder);

    public int Port { get; } = FreePort.Next();

    /// <summary>The file of the database.</summary>
    public string Database => Path.Combine(folder, "worker.db");

    public Uri Uri => new($"http://127.0.0.1:{Port}");

    /// <summary>The settings of a worker with the web and its own database.</summary>
    public string[] Settings =>
    [
        $"--Web:Port={Port}", "--Records:Keep=Everything", $"--Storage:Path={Database}",
    ];

    /// <summary>Adds a token.</summary>
    public static string[] Allow(string name, string token, string roles, string? tenant = null) =>
    [
        $"--Web:Tokens:{name}:Hash={TokenHash.Written(token)}", $"--Web:Tokens:{name}:Roles={roles}",
        .. tenant is null ? [] : new[] { $"--Web:Tokens:{name}:Tenant={tenant}" },
    ];

    /// <summary>A client with a token, or without.</summary>
    public HttpClient Client(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Uri,
        };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
