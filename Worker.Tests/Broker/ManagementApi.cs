using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace OpenAIWorker.Tests.Broker;

/// <summary>RabbitMQ's HTTP API.</summary>
sealed class ManagementApi(Uri address) : IDisposable
{
    readonly HttpClient http = new()
    {
        BaseAddress = new(address.GetLeftPart(UriPartial.Authority)
            .Replace($"{address.UserInfo}@", "", StringComparison.Ordinal)),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(address.UserInfo))) },
    };

    public async Task<string> Get(string path) =>
        await Said(await http.GetAsync(Api(path), TestContext.Current.CancellationToken));

    public async Task Put(string path, string json = "{}") =>
        await Said(await http.PutAsync(Api(path), Json(json), TestContext.Current.CancellationToken));

    public async Task Post(string path, string json) =>
        await Said(await http.PostAsync(Api(path), Json(json), TestContext.Current.CancellationToken));

    public async Task Delete(string path) =>
        await Said(await http.DeleteAsync(Api(path), TestContext.Current.CancellationToken));

    /// <summary>A virtual host that the tests' own user can use too.</summary>
    public async Task NewVirtualHost(string name)
    {
        await Put($"vhosts/{Uri.EscapeDataString(name)}");
        await Permit(name, address.UserInfo.Split(':')[0], ".*", ".*", ".*");
    }

    /// <summary>A user without a password, or with the given one.</summary>
    public Task NewUser(string name, string? password = null) =>
        Put($"users/{name}", password is null
            ? """{"password_hash":"","tags":""}"""
            : $$"""{"password":"{{password}}","tags":""}""");

    public Task Permit(string virtualHost, string user, string configure, string write, string read) =>
        Put($"permissions/{Uri.EscapeDataString(virtualHost)}/{user}",
            $$"""{"configure":"{{configure}}","write":"{{write}}","read":"{{read}}"}""");

    /// <summary>Closes the connections of a user that the management plugin already knows.</summary>
    public async Task CloseConnections(string user)
    {
        var names = JsonElement.Parse(await Get("connections")).EnumerateArray()
            .Where(connection => connection.TryGetProperty("user", out var own) && own.GetString() == user)
            .Select(connection => connection.GetProperty("name").GetString()!).ToList();
        foreach (var name in names)
            await http.DeleteAsync(Api($"connections/{Uri.EscapeDataString(name)}"),
                TestContext.Current.CancellationToken);
    }

    public void Dispose() => http.Dispose();

    static Uri Api(string path) => new($"/api/{path}", UriKind.Relative);

    static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    static async Task<string> Said(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode,
            $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}: {answer.StatusCode} {body}");
        return body;
    }
}
