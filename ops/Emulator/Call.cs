using System.Text.Json;
using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Emulator;

/// <summary>A call on its way through the emulator.</summary>
sealed class Call(HttpContext http, DateTimeOffset at)
{
    public HttpContext Http => http;

    public DateTimeOffset At => at;

    public string Id { get; } = $"req_{Guid.NewGuid():N}";

    /// <summary>Who the bill goes to: the worker sends its job's id.</summary>
    public string Job { get; } = http.Request.Headers["X-Client-Request-Id"].ToString();

    public JsonElement Body { get; set; }

    public string Model => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.String ? model.GetString()! : "";

    public Budget? Budget { get; set; }

    public bool IsBilled { get; set; }

    public int Status { get; set; }
}
