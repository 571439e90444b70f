using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Emulator;

/// <summary>
/// The options as program arguments: --urls --rpm --tpm --burst --latency --background --assistants --keep --seed.
/// </summary>
static class CommandLine
{
    static readonly EmulatorOptions Default = new();

    public static EmulatorOptions Read(string[] args)
    {
        var given = new ConfigurationBuilder().AddCommandLine(args).Build();
        return new()
        {
            Urls = given["urls"] ?? "http://127.0.0.1:8080",
            Limits = Limits(given),
            Latency = TimeSpan.FromMilliseconds(given.GetValue("latency", 0)),
            BackgroundTime = TimeSpan.FromMilliseconds(
                given.GetValue("background", Default.BackgroundTime.TotalMilliseconds)),
            Assistants = given.GetValue("assistants", false),
            KeptCalls = given.GetValue("keep", Default.KeptCalls),
            Random = given.GetValue<int?>("seed") is { } seed ? new Random(seed) : Default.Random,
        };
    }

    static Dictionary<string, RateLimit> Limits(IConfiguration given)
    {
        var limit = new RateLimit
        {
            RequestsPerMinute = given.GetValue<int?>("rpm"),
            TokensPerMinute = given.GetValue<int?>("tpm"),
            Burst = TimeSpan.FromSeconds(given.GetValue("burst", 60)),
        };
        return limit is { RequestsPerMinute: null, TokensPerMinute: null }
            ? []
            : new() { [RateLimits.EveryModel] = limit };
    }
}
