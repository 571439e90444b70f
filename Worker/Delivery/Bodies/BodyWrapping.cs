using System.Text.Json;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Delivery.Bodies;

/// <summary>
/// Unwraps a job: from a structured CloudEvent or an item of n8n (<c>{"json": {…}}</c>). It also removes
/// <c>operation</c>, if it equals the routing key.
/// </summary>
sealed class BodyWrapping(string operation)
{
    // Wrappers may be nested, such as an item of n8n in a CloudEvent.
    const int Deepest = 3;

    const string OperationName = "operation";

    static readonly string[] OfAnItem = ["json", "binary", "pairedItem", "error"];

    readonly Operation? known = OperationCatalog.Named(operation);

    /// <summary>The id of the CloudEvent.</summary>
    public string? Id { get; private set; }

    /// <summary>The wrapper's content, to report about a job that is refused.</summary>
    public byte[]? Inside { get; private set; }

    /// <summary>The body's JSON; null if it has none, or another job inside.</summary>
    public JsonElement? Json { get; private set; }

    /// <summary>Whether it is MassTransit's envelope, whatever its content type says.</summary>
    public bool IsEnvelope { get; private set; }

    /// <summary>Why the job is ambiguous: a member of the job or of its wrapper occurs twice.</summary>
    public Failure? Repeated { get; private set; }

    /// <summary>The job; the same bytes if it has no wrapper.</summary>
    /// <exception cref="FailureException">The body has no job, or a job of another operation.</exception>
    public byte[] Open(byte[] body)
    {
        if (LenientJson.ParseBody(body) is not { ValueKind: JsonValueKind.Object } job)
            return body;
        for (var depth = 0; depth < Deepest && Inner(job) is { } inner; depth++)
        {
            Repeated ??= RepeatedMember.Around(job);
            Inside = JsonSerializer.SerializeToUtf8Bytes(job = inner);
        }
        IsEnvelope = IsWholeEnvelope(job);
        Repeated ??= IsEnvelope
            ? RepeatedMember.Around(job) ?? RepeatedMember.In(job.Member("message")!.Value, known)
            : RepeatedMember.In(job, known);
        // A routing key that is not an operation is reported separately.
        if (!IsEnvelope && known is not null && job.ValueKind == JsonValueKind.Object
            && job.EnumerateObject().Any(IsOperation))
            return Without(job);
        Json = Inside is null ? job : null;
        return Inside ?? body;
    }

    // Of a wrong one MassTransit would report its own types.
    static bool IsWholeEnvelope(JsonElement body)
    {
        if (body.Member("messageType") is not { } types)
            return false;
        if (types.ValueKind != JsonValueKind.Array
            || types.EnumerateArray().Any(type => type.ValueKind != JsonValueKind.String))
            throw Wrong("messageType", $"messageType is {ShownValue.Kind(types)}; expected: a list of texts, such as "
                + "[\"urn:message:OpenAIWorker.Contracts:MessageModel\"].");
        var message = body.Member("message");
        return message is { ValueKind: JsonValueKind.Object } ? true
            : throw Wrong("message", $"message is {KindOf(message)}; expected: the job, an object, because messageType "
                + "says that this is an envelope.");
    }

    static string KindOf(JsonElement? value) => value is { } any ? ShownValue.Kind(any) : "missing";

    JsonElement? Inner(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return null;
        if (json.Text("specversion") is not null)
            return Data(json);
        return json.Member("json") is { ValueKind: JsonValueKind.Object } item
            && json.EnumerateObject().All(member => OfAnItem.Contains(member.Name)) ? item : null;
    }

    JsonElement Data(JsonElement cloudEvent)
    {
        Id ??= cloudEvent.Text("id") is { Length: > 0 } id ? id : null;
        if (cloudEvent.Member("data") is { } data)
        {
            return data.ValueKind == JsonValueKind.Object ? data
                : throw Wrong("data",
                    $"data is {ShownValue.Kind(data)}; expected: the job, an object. Put it into the CloudEvent "
                        + "as JSON, not as a text.");
        }
        if (cloudEvent.Text("data_base64") is not { } packed)
            throw Wrong("data", "data is missing: in a CloudEvent, the job is in data.");
        return Decoded(packed) is { } bytes && BodyFault.Of(bytes) is null
            && LenientJson.ParseBody(BodyText.Of(bytes)) is { ValueKind: JsonValueKind.Object } job ? job
            : throw Wrong("data_base64",
                "data_base64 is not a JSON object in base64. Put the job into data, as an object.");
    }

    byte[] Without(JsonElement job)
    {
        var names = job.EnumerateObject().Where(IsOperation).Select(member => member.Value).ToList();
        if (names.Find(name => name.ValueKind != JsonValueKind.String
            || name.GetString() != operation) is { ValueKind: not JsonValueKind.Undefined } other)
            throw Wrong(OperationName,
                $"operation is {ShownValue.Of(other)}, but the message has the routing key of {operation}. The "
                    + "routing key decides: publish with the routing key of the operation that you want.");
        var rest = new MemoryStream();
        using (var writer = new Utf8JsonWriter(rest))
        {
            writer.WriteStartObject();
            foreach (var member in job.EnumerateObject().Where(member => !IsOperation(member)))
                member.WriteTo(writer);
            writer.WriteEndObject();
        }
        return rest.ToArray();
    }

    static bool IsOperation(JsonProperty member) =>
        member.Name.Equals(OperationName, StringComparison.OrdinalIgnoreCase);

    static byte[]? Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    static FailureException Wrong(string member, string message) => new(Failure.Invalid(member, message));
}
