using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.World;

/// <summary>One worker and one socket for all answers: each has its own job and model.</summary>
public sealed class WorldScene : IAsyncLifetime
{
    internal ProviderSocket Provider { get; } = new();

    internal EmbeddedWorker Worker { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Worker = await EmbeddedWorker.Start($"--OpenAI:Credentials:default:BaseUrl={Provider.BaseUrl}",
            "--Delivery:OnCredentialFailure=Fail");

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        await Provider.DisposeAsync();
    }

    /// <summary>
    /// Sends the job, lets the provider answer it like this each time, and compares the ending with the expected one.
    /// </summary>
    internal async Task Try(WorldCase tried)
    {
        var job = $"{tried.Name}-{Guid.NewGuid():N}";
        Provider.Answer(job, _ => tried.Http);
        if (tried.Cut is { } resets)
            Provider.Cut(job, resets);
        var named = tried.Job with { JobId = job, MaxRetries = 0 };
        var right = JsonElement.Parse(tried.Right);
        // A refusal must not delay the others; and beyond a thousand models the worker's limits no longer distinguish
        // them.
        if (named is MessageModel message)
            named = message with
            {
                Model = right.TryGetProperty("ending", out var ending)
                && ending.ValueEquals(Endings.Completed) ? "world" : job
            };
        if (right.TryGetProperty("delayed", out var code))
            Delayed(await FirstDelay(named), code.GetString()!, right);
        else
            Right.Check(right, await Worker.End(named), tried.Name);
        Assert.Single(Provider.Of(job));
    }

    async Task<JsonElement> FirstDelay(JobRequest job)
    {
        // It is enough to know that it waits; the test does not wait for the end.
        _ = Worker.End(job);
        await Eventually.Is(() => Worker.Events.Delays(job.JobId!).Count > 0);
        return Worker.Events.Delays(job.JobId!)[0];
    }

    static void Delayed(JsonElement delay, string code, JsonElement right)
    {
        Assert.Equal(code, delay.GetProperty("code").GetString());
        Assert.Equal(0, delay.GetProperty("attempts").GetInt32());
        if (!right.TryGetProperty("seconds", out var seconds))
            return;
        var wait = (delay.GetProperty("until").GetDateTimeOffset() - TimeProvider.System.GetUtcNow()).TotalSeconds;
        Assert.InRange(wait, seconds.GetDouble() - 2, seconds.GetDouble() * 1.25 + 1);
    }
}

/// <summary>An answer, the job that gets it, and the expected ending.</summary>
/// <param name="Name">The provider and the case.</param>
/// <param name="Http">Its bytes.</param>
/// <param name="Job">The job.</param>
/// <param name="Right">The members that the ending must have (<see cref="World.Right"/>); or <c>delayed</c> and
/// <c>seconds</c> of the wait.</param>
/// <param name="Cut">Whether the connection is reset (true) or closed (false) after the bytes.</param>
sealed record WorldCase(string Name, byte[] Http, JobRequest Job, string Right, bool? Cut = null);
