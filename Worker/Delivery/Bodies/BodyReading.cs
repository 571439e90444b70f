using System.Buffers;
using System.Net.Mime;
using System.Text.Json;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Serialization;

namespace OpenAIWorker.Delivery.Bodies;

/// <summary>
/// Reads bodies as MassTransit does, after they are opened (<see cref="PlainBody"/>). It accepts three deviations of
/// foreign programs: an envelope with another content type, a plain job with the envelope's content type, and members
/// of the envelope that MassTransit cannot parse. MassTransit would refuse the job because of some of them, and report
/// others only after the job was called.
/// </summary>
sealed class BodyReading(ISerializerFactory factory) : ISerializerFactory
{
    static readonly SystemTextJsonMessageSerializerFactory Envelopes = new();

    static readonly SystemTextJsonRawMessageSerializerFactory Plain = new(RawSerializerOptions.AnyMessageType);

    public static readonly BodyReading Raw = new(Plain);
    public static readonly BodyReading Envelope = new(Envelopes);

    static readonly string[] Ids = ["messageId", "requestId", "correlationId", "conversationId", "initiatorId"];
    static readonly string[] Times = ["sentTime", "expirationTime"];
    static readonly string[] Objects = ["headers", "host"];
    static readonly string[] Addresses = ["sourceAddress", "destinationAddress", "responseAddress", "faultAddress"];

    public ContentType ContentType => factory.ContentType;

    public IMessageSerializer CreateSerializer() => factory.CreateSerializer();

    public IMessageDeserializer CreateDeserializer() => new Reader(factory.CreateDeserializer());

    /// <summary>
    /// The envelope without the parts that MassTransit could not read; the same bytes if all is well.
    /// </summary>
    public static byte[] Cleaned(byte[] body)
    {
        var envelope = JsonDocument.Parse(body).RootElement;
        if (envelope.ValueKind != JsonValueKind.Object || !envelope.EnumerateObject().Any(IsUnfit))
            return body;
        // Member by member, because some may occur twice.
        var clean = new ArrayBufferWriter<byte>(body.Length);
        using (var writer = new Utf8JsonWriter(clean))
        {
            writer.WriteStartObject();
            foreach (var member in envelope.EnumerateObject().Where(member => !IsUnfit(member)))
                member.WriteTo(writer);
            writer.WriteEndObject();
        }
        return clean.WrittenSpan.ToArray();
    }

    static bool IsUnfit(JsonProperty member) => member.Value is var value && value.ValueKind switch
    {
        JsonValueKind.Null => false,
        JsonValueKind.String when Is(member, Ids) => !Guid.TryParse(value.GetString(), out _),
        JsonValueKind.String when Is(member, Addresses) => !Uri.TryCreate(value.GetString(), UriKind.Absolute, out _),
        JsonValueKind.String when Is(member, Times) => !value.TryGetDateTime(out _),
        JsonValueKind.Object when Is(member, Objects) => Is(member, ["host"]) && !IsHost(value),
        _ => Is(member, Ids) || Is(member, Addresses) || Is(member, Times) || Is(member, Objects),
    };

    static bool IsHost(JsonElement host) => host.EnumerateObject().All(member => member.Value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => !Is(member, ["processId"]),
        JsonValueKind.Number => Is(member, ["processId"]) && member.Value.TryGetInt32(out _),
        _ => false,
    });

    static bool Is(JsonProperty member, string[] names) =>
        names.Contains(member.Name, StringComparer.OrdinalIgnoreCase);

    sealed class Reader(IMessageDeserializer inner) : IMessageDeserializer
    {
        // Its getter puts the text together anew.
        readonly bool isOfEnvelopes =
            inner.ContentType.MediaType == SystemTextJsonMessageSerializer.JsonContentType.MediaType;

        public ContentType ContentType => inner.ContentType;

        public ConsumeContext Deserialize(ReceiveContext receiveContext)
        {
            var plain = PlainBody.Of(receiveContext);
            var reader = plain.IsEnvelope && !isOfEnvelopes ? new(Envelopes.CreateDeserializer())
                : isOfEnvelopes && plain.HasNoEnvelope ? new(Plain.CreateDeserializer())
                : this;
            return new BodyConsumeContext(receiveContext,
                reader.Deserialize(BodyOf(plain), receiveContext.TransportHeaders,
                    receiveContext.InputAddress));
        }

        public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
        {
            if (isOfEnvelopes && body.GetBytes() is var whole && Cleaned(whole) is var clean && clean != whole)
                body = new BytesMessageBody(clean);
            return inner.Deserialize(body, headers, destinationAddress);
        }

        static MessageBody BodyOf(PlainBody plain) =>
            plain.Json is { } json ? new ParsedBody(plain.Bytes, json) : new BytesMessageBody(plain.Bytes);

        public MessageBody GetMessageBody(string text) => inner.GetMessageBody(text);

        public void Probe(ProbeContext context) => inner.Probe(context);
    }

    // A body that was parsed when it was opened. MassTransit would copy it to parse it once more.
    sealed class ParsedBody(byte[] bytes, JsonElement json) : BytesMessageBody(bytes), JsonMessageBody
    {
        public JsonElement? GetJsonElement(JsonSerializerOptions options) => json;
    }
}
