using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Credentials;
using OpenAIWorker.Limits;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Delivery.Orders;

/// <summary>
/// Applies operators' orders in this worker: of all orders in force, it applies the new ones and undoes those that are
/// gone.
/// </summary>
sealed partial class OrderDeeds(
    CredentialHold hold, RateLimiter limiter, IOptionsMonitor<OpenAIOptions> upstream, ILogger<OrderDeeds> logger)
{
    readonly Log log = new(logger);
    IReadOnlyList<Order> done = [];

    /// <summary>Must not be called concurrently.</summary>
    public void Follow(IReadOnlyList<Order> orders)
    {
        if (orders.SequenceEqual(done))
            return;
        foreach (var pause in Of(OrderKind.Pause, orders)
            .Where(pause => !Of(OrderKind.Pause, done).Any(known => known.Subject == pause.Subject)))
            Pause(pause.Credential!, pause.Until);
        foreach (var over in Of(OrderKind.Pause, done)
            .Where(over => !Of(OrderKind.Pause, orders).Any(known => known.Subject == over.Subject)))
            hold.Resume(over.Credential!);
        if (!Of(OrderKind.Limit, orders).SequenceEqual(Of(OrderKind.Limit, done)))
            Limit([.. Of(OrderKind.Limit, orders)
                .Select(order =>
                    new LimitOrder(order.Credential, order.Group!, order.RequestsPerMinute, order.TokensPerMinute))]);
        done = orders;
    }

    void Pause(string credential, DateTimeOffset? until)
    {
        if (CredentialOptions.Named(upstream.CurrentValue.Credentials, credential) is null)
            log.Unknown(credential);
        else
            hold.Pause(credential, until is { } end
                ? $"An operator paused it until {end:u}."
                : "An operator paused it until it is resumed.");
    }

    void Limit(IReadOnlyList<LimitOrder> limits)
    {
        limiter.Obey(limits);
        log.Limits(limits.Count == 0 ? "none" : string.Join("; ", limits.Select(limit =>
            $"{limit.Group}{(limit.Credential is { } credential ? $" of {credential}" : "")}: "
                + $"{Said(limit.RequestsPerMinute, "requests")}, {Said(limit.TokensPerMinute, "tokens")} a minute")));
    }

    static string Said(long? limit, string unit) =>
        limit is { } known ? $"{known} {unit}" : $"no own limit of {unit}";

    static IEnumerable<Order> Of(OrderKind kind, IEnumerable<Order> orders) =>
        orders.Where(order => order.Kind == kind);

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(55, LogLevel.Warning,
            "An operator paused the credential {Credential}, which the settings of this worker do not have")]
        public partial void Unknown(string credential);

        [LoggerMessage(56, LogLevel.Information, "Limits that operators set: {Limits}")]
        public partial void Limits(string limits);
    }
}
