using System.Globalization;
using OpenAIWorker.Json;

namespace OpenAIWorker.Delivery.Events;

/// <summary>
/// The attributes of CloudEvents 1.0 as headers, in binary mode: the body is unchanged.
/// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/amqp-protocol-binding.md
/// </summary>
static class CloudEventHeaders
{
    public const string Prefix = "cloudEvents:";

    // The longest valid job id. A longer one must not fill the single frame for a message's headers.
    const int LongestSubject = 256;

    /// <summary>Such as <c>OpenAIWorker.Contracts.ModelMessaged</c>.</summary>
    public static string TypeOf(Type type) => type.FullName!;

    public static IEnumerable<KeyValuePair<string, string>> Of(Guid id, string source, Type type, string subject,
        DateTimeOffset time) =>
    [
        new($"{Prefix}specversion", "1.0"),
        new($"{Prefix}id", id.ToString()),
        new($"{Prefix}source", source),
        new($"{Prefix}type", TypeOf(type)),
        new($"{Prefix}subject", Excerpt.Of(subject, LongestSubject)),
        new($"{Prefix}time", time.ToString("O", CultureInfo.InvariantCulture)),
    ];
}
