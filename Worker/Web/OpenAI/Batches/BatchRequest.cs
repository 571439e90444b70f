using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Json;
using OpenAIWorker.Storage.Api;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>The body of <c>POST /v1/batches</c>.</summary>
static partial class BatchRequest
{
    const int MostPairs = 16;
    const int LongestKey = 64;
    const int LongestValue = 512;
    const string OutputSeconds = "output_expires_after.seconds";
    static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);
    static readonly TimeSpan OutputAtLeast = TimeSpan.FromHours(1);
    static readonly TimeSpan OutputAtMost = TimeSpan.FromDays(30);

    static readonly string[] Endpoints =
    [
        "/v1/responses", "/v1/chat/completions", "/v1/embeddings", "/v1/completions", "/v1/moderations",
        "/v1/images/generations",
    ];

    /// <exception cref="WebProblemException">The request is not possible.</exception>
    public static (string File, BatchProgress Batch) Read(JsonElement body)
    {
        var (file, endpoint, window) = (Needed(body, "input_file_id"), Needed(body, "endpoint"),
            Needed(body, "completion_window"));
        if (!Endpoints.Contains(endpoint))
            throw ApiError.Invalid("endpoint",
                $"endpoint is '{Excerpt.Marked(endpoint, 60)}'; allowed: {string.Join(", ", Endpoints)}.");
        _ = Window(window);
        return (file, new()
        {
            Endpoint = endpoint,
            CompletionWindow = window,
            Metadata = Metadata(body),
            OutputKeptFor = OutputKeptFor(body),
        });
    }

    /// <summary>How long a batch may take.</summary>
    public static TimeSpan Window(string window)
    {
        var length = Hours().Match(window) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
                * (match.Groups[2].ValueSpan is "d" ? TimeSpan.FromDays(1) : TimeSpan.FromHours(1))
            : TimeSpan.Zero;
        return length > TimeSpan.Zero && length <= LongestWindow
            ? length
            : throw ApiError.Invalid("completion_window",
                $"completion_window is '{Excerpt.Marked(window, 20)}'; allowed: 24h, and 1h to 168h or 1d to 7d.");
    }

    static string Needed(JsonElement body, string member) => body.Text(member) is { Length: > 0 } text
        ? text
        : throw ApiError.Invalid(member, $"{member} is missing, or not a text.", "missing_required_parameter");

    static Dictionary<string, string>? Metadata(JsonElement body)
    {
        if (body.Member("metadata") is not { } given)
            return null;
        if (given.ValueKind != JsonValueKind.Object
            || given.EnumerateObject().Any(pair => pair.Value.ValueKind != JsonValueKind.String))
            throw ApiError.Invalid("metadata", "metadata is not an object of texts.");
        var pairs = body.Pairs("metadata")!;
        return pairs.Count <= MostPairs
            && pairs.All(pair => pair.Key.Length <= LongestKey && pair.Value.Length <= LongestValue)
            ? pairs
            : throw ApiError.Invalid("metadata",
                $"metadata has more than {MostPairs} pairs, or a key of more than {LongestKey} characters, or a value "
                    + $"of more than {LongestValue}.");
    }

    static TimeSpan? OutputKeptFor(JsonElement body)
    {
        if (body.Member("output_expires_after") is not { } given)
            return null;
        return given.Text("anchor") == "created_at" && given.Number("seconds") is { } seconds
            && seconds >= OutputAtLeast.TotalSeconds && seconds <= OutputAtMost.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw ApiError.Invalid(OutputSeconds,
                $"output_expires_after has anchor created_at, and seconds from {OutputAtLeast.TotalSeconds} to "
                    + $"{OutputAtMost.TotalSeconds}.");
    }

    [GeneratedRegex("^([1-9][0-9]{0,2})([hd])$")]
    private static partial Regex Hours();
}
