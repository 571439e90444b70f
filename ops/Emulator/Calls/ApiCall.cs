using OpenAIWorker.Emulator.Endpoints;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Emulator.Replies;

namespace OpenAIWorker.Emulator.Calls;

/// <summary>One request in the <see cref="CallPipeline"/>. Each step adds what it found.</summary>
sealed class ApiCall(HttpContext http, ApiEndpoint endpoint, DateTimeOffset receivedAt, long startedAt) : IDisposable
{
    public const string JobHeader = "X-Client-Request-Id";

    public HttpContext Http => http;
    public ApiEndpoint Endpoint => endpoint;
    public DateTimeOffset ReceivedAt => receivedAt;
    public long StartedAt => startedAt;

    /// <summary>The worker sends its job id here; calls without one are counted under "".</summary>
    public string Job { get; } = http.Request.Headers[JobHeader].ToString();

    public string Key { get; set; } = "";
    public ReadOnlyMemory<byte> RawBody { get; set; }
    public long BodyLength { get; set; }

    /// <summary>
    /// The body as JSON. The fields of a form and the parameters of a query are represented as JSON too.
    /// </summary>
    public JsonElement Body { get; set; }

    /// <summary>The files of a form, in order.</summary>
    public List<ReceivedFile> Files { get; } = [];

    public Prompt Prompt { get; set; } = Prompt.Nothing;
    public Allowance Allowance { get; set; } = Allowance.Unlimited;

    /// <summary>The model as the caller wrote it, including faults: this name is echoed and billed.</summary>
    public string Model { get; set; } = "";

    /// <summary>The model without its faults: limits apply to this name.</summary>
    public string PlainModel =>
        Model.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus ? Model[..plus] : Model;

    public string Id => (string)http.Request.RouteValues["id"]!;

    /// <summary>The delay of the answer.</summary>
    public TimeSpan Delay { get; set; }

    public long CreatedAt => receivedAt.ToUnixTimeSeconds();

    public void Dispose() => Files.FindAll(file => !file.IsKept).ForEach(file => file.Dispose());
}
