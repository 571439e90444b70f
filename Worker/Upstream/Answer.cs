using System.Text.Json;

namespace OpenAIWorker.Upstream;

/// <summary>A successful answer: its JSON, and the provider's id of the request.</summary>
sealed record Answer(JsonElement Body, string? RequestId);
