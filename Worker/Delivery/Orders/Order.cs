using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenAIWorker.Delivery.Orders;

/// <summary>
/// An operator's order to all workers of an installation: pause a credential, apply a limit, or end this.
/// </summary>
sealed record Order
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required OrderKind Kind { get; init; }

    /// <summary>The credential. A pause always has one; a limit with null applies to every credential.</summary>
    public string? Credential { get; init; }

    /// <summary>The limit: a group of the settings, or a model.</summary>
    public string? Group { get; init; }

    public long? RequestsPerMinute { get; init; }

    public long? TokensPerMinute { get; init; }

    /// <summary>Whether it cancels the previous order.</summary>
    public bool IsUndone { get; init; }

    /// <summary>When it ends by itself; null: when it is cancelled.</summary>
    public DateTimeOffset? Until { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Its subject: a later order with the same subject overrides an earlier one.</summary>
    [JsonIgnore]
    public (OrderKind, string?, string?) Subject => (Kind, Credential?.ToUpperInvariant(), Group);

    public bool IsInForce(DateTimeOffset now) => !IsUndone && !(Until <= now);

    public byte[] Written() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Null: it is not an order.</summary>
    public static Order? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var order = JsonSerializer.Deserialize<Order>(body, Options);
            return order is { Kind: OrderKind.Pause, Credential: null } or { Kind: OrderKind.Limit, Group: null }
                ? null
                : order;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

enum OrderKind
{
    Pause,
    Limit,
}
