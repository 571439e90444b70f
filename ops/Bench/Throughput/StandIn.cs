using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>
/// A provider that needs almost no processor time: it reads a call, waits, and returns the same bytes each time. It
/// reports limits in the headers of each answer, as OpenAI does.
/// </summary>
sealed class StandIn : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, (DateTimeOffset ReceivedAt, DateTimeOffset AnsweredAt)> calls = new();
    readonly TimeProvider clock = TimeProvider.System;
    readonly WebApplication app;
    readonly TimeSpan latency;
    readonly ToldLimits? limits;
    readonly byte[] answer;
    readonly bool keepsCalls;

    StandIn(Round round, ToldLimits? limits, bool keepsCalls)
    {
        (latency, this.limits, this.keepsCalls) = (round.Latency, limits, keepsCalls);
        answer = Encoding.UTF8.GetBytes(round.Call.IsChat ? ChatAnswer(round.Call) : ResponsesAnswer(round.Call));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        app = builder.Build();
        app.Run(Answer);
    }

    public Uri BaseUrl => new(
        $"{app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/v1");

    /// <summary>When each job's call arrived and was answered, by the job's id.</summary>
    public IReadOnlyDictionary<string, (DateTimeOffset ReceivedAt, DateTimeOffset AnsweredAt)> Calls => calls;

    public static async Task<StandIn> Start(Round round, ToldLimits? limits, bool keepsCalls)
    {
        var provider = new StandIn(round, limits, keepsCalls);
        await provider.app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task Answer(HttpContext http)
    {
        var received = clock.GetUtcNow();
        await http.Request.Body.CopyToAsync(Stream.Null);
        if (latency > TimeSpan.Zero)
            await Task.Delay(latency, clock);
        limits?.Tell(http.Response.Headers, received);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Length;
        if (keepsCalls)
            calls[http.Request.Headers["X-Client-Request-Id"].ToString()] = (received, clock.GetUtcNow());
        await http.Response.Body.WriteAsync(answer);
    }

    static string ResponsesAnswer(Call call) => $$$"""
        {"id":"resp_1","object":"response","created_at":1790000000,"status":"completed","model":"{{{Prompts.Free}}}","output":[{"type":"message","id":"msg_1","status":"completed","role":"assistant","content":[{"type":"output_text","text":"He wrote each name into his book with care.","annotations":[]}]}],"usage":{"input_tokens":{{{call.InputTokens}}},"input_tokens_details":{"cached_tokens":0},"output_tokens":{{{Call.MaxTokens}}},"output_tokens_details":{"reasoning_tokens":0},"total_tokens":{{{call.Tokens}}}}}
        """;

    static string ChatAnswer(Call call) => $$$"""
        {"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"{{{Prompts.Free}}}","choices":[{"index":0,"message":{"role":"assistant","content":"He wrote each name into his book with care.","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":{{{call.InputTokens}}},"completion_tokens":{{{Call.MaxTokens}}},"total_tokens":{{{call.Tokens}}},"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0} } }
        """;
}
