using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenAIWorker.Health;

/// <summary>
/// The status that a worker writes into the register every few seconds, so that all workers can be seen in one place.
/// It contains no address, key or text of a job.
/// </summary>
/// <param name="Version">The program's version.</param>
/// <param name="At">The time of the status.</param>
/// <param name="Status">As in <see cref="HealthReport"/>.</param>
/// <param name="Running">Running calls.</param>
/// <param name="Waiting">Jobs that wait in memory for their turn.</param>
/// <param name="Credentials">The credentials in its settings.</param>
/// <param name="Limits">The limits that are used most.</param>
sealed record WorkerStatus(string Version, DateTimeOffset At, string Status, int Running, int Waiting,
    IReadOnlyList<CredentialStatus> Credentials, IReadOnlyList<LimitStatus> Limits)
{
    public string Written() => JsonSerializer.Serialize(this, WorkerStatusJson.Default.WorkerStatus);

    /// <summary>Null: it is not a status, or of another version of the program.</summary>
    public static WorkerStatus? Read(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, WorkerStatusJson.Default.WorkerStatus);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The state of a credential.</summary>
/// <param name="Name">Its name in the settings.</param>
/// <param name="PausedSince">Since when it is paused; null while it works.</param>
/// <param name="NextProbe">When it is tested next; null if an operator paused it.</param>
/// <param name="Code">The code of the pause.</param>
/// <param name="Message">The reason in words.</param>
sealed record CredentialStatus(
    string Name, DateTimeOffset? PausedSince, DateTimeOffset? NextProbe, string? Code, string? Message);

/// <summary>The state of a limit, and one worker's use of it.</summary>
/// <param name="Credential">The credential of the limit.</param>
/// <param name="Group">A group of the settings, or a model.</param>
/// <param name="RequestsPerMinute">The limit of all workers together; null: none is known.</param>
/// <param name="TokensPerMinute">The same for tokens.</param>
/// <param name="Requests">Calls of the last minute.</param>
/// <param name="Tokens">Tokens of the last minute.</param>
/// <param name="Refused">Calls of the last hour that the provider refused because of a rate limit.</param>
/// <param name="Running">Running calls.</param>
/// <param name="Waiting">Jobs that wait in memory for their turn.</param>
/// <param name="PausedFor">For how many seconds the provider wants no calls.</param>
sealed record LimitStatus(string Credential, string Group, double? RequestsPerMinute, double? TokensPerMinute,
    double Requests, double Tokens, double Refused, int Running, int Waiting, double PausedFor);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(WorkerStatus))]
sealed partial class WorkerStatusJson : JsonSerializerContext;
