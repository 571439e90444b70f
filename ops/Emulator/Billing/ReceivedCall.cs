using System.Text.Json;

namespace OpenAIWorker.Emulator.Billing;

/// <summary>A call as it came in.</summary>
/// <param name="At">When.</param>
/// <param name="Job">The header <c>X-Client-Request-Id</c>.</param>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">Such as <c>/v1/responses</c>.</param>
/// <param name="Model">The body's <c>model</c>.</param>
/// <param name="Status">What it was answered with; 0 when the connection was cut.</param>
/// <param name="IsBilled">Whether OpenAI would have done, and billed, the work.</param>
/// <param name="Headers">All but <c>Authorization</c>.</param>
/// <param name="Body">The body, where it was JSON.</param>
public sealed record ReceivedCall(
    DateTimeOffset At, string Job, string Method, string Path, string Model, int Status, bool IsBilled, IReadOnlyDictionary<string, string> Headers, JsonElement? Body);
