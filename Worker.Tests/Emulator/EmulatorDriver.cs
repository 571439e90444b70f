using System.Net.Http.Headers;
using System.Text;
using OpenAIWorker.Emulator;

namespace OpenAIWorker.Tests.Emulator;

/// <summary>An emulator and an ordinary client of it.</summary>
public sealed class EmulatorDriver : IAsyncDisposable
{
    public const string Responses = "/v1/responses";
    public const string Chat = "/v1/chat/completions";
    public const string Moderations = "/v1/moderations";

    readonly HttpClient http;

    EmulatorDriver(OpenAIEmulator emulator)
    {
        Emulator = emulator;
        http = new() { BaseAddress = emulator.BaseUrl };
    }

    public OpenAIEmulator Emulator { get; }

    public static async Task<EmulatorDriver> Start(EmulatorOptions? options = null) =>
        new(await OpenAIEmulator.Start(options));

    public Task<Answered> Get(string path) => Send(HttpMethod.Get, path, json: null);

    public Task<Answered> Post(string path, string? json, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, json, headers);

    public Task<Answered> Post(string path, HttpContent content) => Send(HttpMethod.Post, path, content);

    public Task<Answered> Ask(string model, string? job = null, string? fault = null) => Post(
        Responses,
        $$"""{"model":"{{model}}","input":"Say hello"}""",
        [.. job is null ? [] : new[] { ("X-Client-Request-Id", job) },
            .. fault is null ? [] : new[] { ("x-emulator-fault", fault) }]);

    public Task<Answered> Send(HttpMethod method, string path, string? json,
        params (string Name, string Value)[] headers) =>
        Send(method, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), headers);

    async Task<Answered> Send(HttpMethod method, string path, HttpContent? content,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "sk-test");
        request.Content = content;
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await Answered.Read(response, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return Emulator.DisposeAsync();
    }
}
