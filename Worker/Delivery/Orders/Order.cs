using System.Text.Json;
using System.Text.Json.Serialization;
using OpenAIWorker.Delivery.Admission;

namespace OpenAIWorker.Delivery.Orders;

/// <summary>
/// What an operator tells all workers of an installation: pause a credential, keep to a limit, or no more.
/// </summary>
sealed record Order
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required OrderKind Kind { get; init; }

    /// <summary>Whose: of a pause, always; of a limit, null is every credential's.</summary>
    public string? Credential { get; init; }

    /// <summary>Which limit: a group of the settings, or a model.</summary>
    public string? Group { get; init; }

    public long? RequestsPerMinute { get; init; }

    public long? TokensPerMinute { get; init; }

    /// <summary>Whether it takes back the one before it.</summary>
    public bool IsUndone { get; init; }

    /// <summary>When it ends by itself; null: when it is taken back.</summary>
    public DateTimeOffset? Until { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>What it is about: a later order about the same overrides an earlier one.</summary>
    [JsonIgnore]
    public (OrderKind, string?, string?) Subject => (Kind, Credential?.ToUpperInvariant(), Group);

    public bool IsInForce(DateTimeOffset now) => !IsUndone && !(Until <= now);

    public byte[] Written() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Null: it is none.</summary>
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
