using System.Globalization;
using System.Text.Json;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;

namespace OpenAIWorker.Delivery.Bodies;

/// <summary>The readable parts of a request that does not fit its contract.</summary>
sealed record UnreadableRequest(JsonElement? Request)
{
    string? MessageId { get; init; }

    public static UnreadableRequest Of(ReceiveContext context)
    {
        var plain = PlainBody.Of(context);
        var known = Of(plain.Bytes);
        return plain.Id is { } id ? known with { MessageId = id } : known;
    }

    static UnreadableRequest Of(byte[] body)
    {
        if (LenientJson.ParseBody(body) is not { } json)
            return new((JsonElement?)null);
        // MassTransit's envelope contains the request.
        var inside = json.Member("messageType") is null ? null : json.Member("message");
        var request = inside is { ValueKind: JsonValueKind.Object } wrapped ? wrapped : json;
        return new(request.ValueKind == JsonValueKind.Object
            ? request
            : (JsonElement?)null)
        {
            MessageId = inside is null
            ? null
            : json.Text("messageId") ?? json.Text("MessageId")
        };
    }

    /// <summary>Its group, if it names a complete one.</summary>
    public JobGroup? Group => Request?.Member(NameOf("group")) is { ValueKind: JsonValueKind.Object } group
        && group.Text("id") is { } id && group.Member("size") is { } size
        && int.TryParse(size.ValueKind == JsonValueKind.String ? size.GetString() : size.GetRawText(),
            CultureInfo.InvariantCulture, out var number)
            ? new() { Id = id, Size = number }
            : null;

    /// <summary>The job's id.</summary>
    public string IdOf(Received received) =>
        Text("jobId") ?? received.MessageId ?? (MessageId is { Length: > 0 } id ? id : NewId.NextGuid().ToString());

    /// <summary>
    /// The id that a foreign program gave to MassTransit's envelope, or to a CloudEvent; null if there is none.
    /// </summary>
    public static string? WrapperId(ReceiveContext context)
    {
        var plain = PlainBody.Of(context);
        return plain.Id ?? (plain.IsEnvelope && Of(plain.Bytes).MessageId is { Length: > 0 } id ? id : null);
    }

    /// <summary>The job's ending, with everything by which its sender recognises it.</summary>
    public OperationFailed Failed(string operation, Failure failure, string id, JobHeaders headers,
        DateTimeOffset now) => new()
        {
            JobId = id,
            Operation = operation,
            Code = failure.Code,
            Kind = failure.Kind,
            Remedy = failure.Remedy,
            Message = failure.Message,
            Member = failure.Member,
            Attempts = headers.Failed,
            Waits = headers.Waits,
            Model = Text("model"),
            Credential = Text("credential"),
            FirstSeen = headers.FirstSeen,
            FailedAt = now,
            Metadata = Request?.Pairs(NameOf("metadata")),
        };

    string? Text(string member) => Request?.Text(NameOf(member)) is { Length: > 0 } text ? text : null;

    // Names of members are read in any case, as in a valid request.
    string NameOf(string member)
    {
        var names = Request?.EnumerateObject().Select(pair => pair.NameText()).OfType<string>()
            .Where(name => member.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return names is null or [] || names.Contains(member) ? member : names[^1];
    }
}
