using OpenAIWorker.Rig;

namespace OpenAIWorker.Bench;

/// <summary>Jobs that message a model, and their sizes.</summary>
static class Prompts
{
    /// <summary>The model that has a limit.</summary>
    public const string Limited = "gpt-limited";

    /// <summary>The model without a limit.</summary>
    public const string Free = "gpt-free";

    /// <summary>The metadata key of the tenant in <see cref="Make"/>.</summary>
    public const string Tenant = "tenant";

    public const int SmallTokens = 20;

    const string Words =
        "The old lighthouse keeper counted the ships that passed before the storm and wrote each name into his book "
            + "with care. ";
    const int CharactersPerToken = 4;
    const int MaxTokens = 16;
    const double GoldenRatio = 0.6180339887498949;

    public static Job Make(string id, string model = Limited, int tokens = SmallTokens, string? tenant = null,
        DateTimeOffset? notBefore = null) => new(
        "message-model", id,
        new
        {
            jobId = id,
            model,
            maxTokens = MaxTokens,
            messages = new[] { new { text = Text(tokens) } },
            metadata = new Dictionary<string, string> { [Tenant] = tenant ?? "" },
            notBefore,
        });

    /// <summary>A job of a model without a limit, with this call.</summary>
    public static Job Make(string id, Throughput.Call call) => new(
        "message-model", id,
        new
        {
            jobId = id,
            model = Free,
            api = call.IsChat ? "chatCompletions" : "responses",
            maxTokens = Throughput.Call.MaxTokens,
            messages = new[] { new { text = Cut(call.Characters) } },
        });

    /// <summary>Jobs of the same size.</summary>
    public static IReadOnlyList<Job> Even(int count) =>
        [.. Enumerable.Range(0, count).Select(number => Make($"job-{number:000000}"))];

    /// <summary>
    /// Sizes from the smallest to 20 times as much, or another ratio, evenly spread over the magnitudes, in an order
    /// that repeats.
    /// </summary>
    public static IReadOnlyList<Job> Uneven(int count, int smallest, double ratio = 20) =>
        [.. Enumerable.Range(1, count)
            .Select(number =>
                Make($"job-{number:000000}", tokens: (int)(smallest * Math.Pow(ratio, number * GoldenRatio % 1))))];

    static string Text(int tokens) => Cut(tokens * CharactersPerToken);

    static string Cut(int characters) =>
        string.Concat(Enumerable.Repeat(Words, (characters / Words.Length) + 1))[..characters];
}
