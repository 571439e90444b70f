namespace OpenAIWorker.Contracts;

/// <summary>The cost of a job, by the worker's price list: an estimate, not the provider's bill.</summary>
public sealed record Cost
{
    /// <summary>The amount, of all attempts at the job together. 0 and more.</summary>
    public decimal Amount { get; init; }

    /// <summary>The currency, as ISO 4217 names it: <c>USD</c>.</summary>
    public string Currency { get; init; } = "";
}
