using System.Net;
using System.Text.Json;

namespace OpenAIWorker.Tests.Web.Door;

/// <summary>Reads server-sent events as a browser does.</summary>
sealed class EventStream : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly HttpResponseMessage answer;
    readonly StreamReader lines;
    string? heard;

    EventStream(HttpResponseMessage answer, Stream body) => (this.answer, lines) = (answer, new StreamReader(body));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The last event's id, as a browser keeps it.</summary>
    public string? LastId { get; private set; }

    /// <summary>Completes when no event is missing any more.</summary>
    public static async Task<EventStream> Open(HttpClient client, string address,
        params (string Name, string Value)[] headers)
    {
        var answer = await client.Open(address, headers);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"),
            (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var stream = new EventStream(answer, await answer.Content.ReadAsStreamAsync(Cancellation));
        Assert.Null((await stream.Read()).Data);
        return stream;
    }

    /// <summary>The next event's key and job.</summary>
    public async Task<string> Next()
    {
        while (true)
        {
            var (kind, data) = await Read();
            if (data is not null)
                return $"{kind} {JsonElement.Parse(data).Of("jobId")}";
        }
    }

    public ValueTask DisposeAsync()
    {
        lines.Dispose();
        answer.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task<(string? Kind, string? Data)> Read()
    {
        string? kind = null, data = null;
        while (await lines.ReadLineAsync(Cancellation).AsTask().WaitAsync(Patience, Cancellation) is { } line)
        {
            heard = line;
            if (line.Length == 0)
                return (kind, data);
            var (field, value) = line.Split(": ", 2) is [var name, var rest] ? (name, rest) : (line, "");
            (kind, data, LastId) = (field == "event" ? value : kind, field == "data" ? value : data,
                field == "id" ? value : LastId);
        }
        throw new IOException($"The events ended after '{heard}'.");
    }
}
