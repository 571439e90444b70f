using OpenAIWorker.Limits.Estimates;

namespace OpenAIWorker.Limits;

/// <summary>What a call uses of a budget: one request, and its estimated tokens.</summary>
readonly record struct Spending(double Requests, double Tokens)
{
    public static readonly Spending Nothing;

    public static Spending operator +(Spending one, Spending other) =>
        new(one.Requests + other.Requests, one.Tokens + other.Tokens);

    public static Spending operator -(Spending one, Spending other) =>
        new(one.Requests - other.Requests, one.Tokens - other.Tokens);
}
