using System.Globalization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Consuming;

namespace OpenAIWorker.Delivery.Observing;

/// <summary>The cost of a job's attempts so far, each at the price of its own calls.</summary>
/// <param name="Amount">US dollars.</param>
/// <param name="IsUnknown">Whether a part of it has no price.</param>
readonly record struct JobCost(decimal Amount, bool IsUnknown)
{
    const string Unknown = "unknown";
    const decimal Most = 1_000_000;

    public JobCost And(Outcome outcome) => outcome.Cost is { } cost
        ? this with { Amount = Amount + cost }
        : this with { IsUnknown = IsUnknown || outcome.Usage is not null };

    /// <summary>The cost for events; null if it is not known, or nothing was used.</summary>
    public Cost? Told(Usage? spent) =>
        IsUnknown || spent is null && Amount == 0 ? null : new() { Amount = Amount, Currency = "USD" };

    public string? Write() => IsUnknown ? Unknown : Amount == 0 ? null : Amount.ToString(CultureInfo.InvariantCulture);

    public static JobCost Read(string? text) => text == Unknown
        ? new(0, true)
        : new(decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount <= Most ? amount : 0, false);
}
