using OpenAIWorker.Rig;

namespace OpenAIWorker.Chaos;

/// <summary>The jobs: some succeed, and some are made to fail.</summary>
static class Jobs
{
    /// <summary>
    /// What the emulator does to calls of the model: throttled 10 %, failing 5 %, cut 2 %, hanging 1 %, slow 10 %.
    /// </summary>
    const string Faults = "gpt-chaos+retry-after:1+status:429@0.1+status:500@0.05+cut@0.02+hang@0.01+slow:1000@0.1";

    /// <summary>Calls of this model are always refused: its jobs fail, and become dead letters.</summary>
    const string Refused = "gpt-refused+status:400";

    const int RefusedEvery = 50;
    const int ClassifiedEvery = 4;
    const int ScheduledEvery = 20;

    public static int RefusedOf(int count) => Enumerable.Range(0, count).Count(IsRefused);

    public static IEnumerable<Job> Make(int count) => Enumerable.Range(0, count).Select(One);

    public static string Name(int number) => $"job-{number:00000}";

    static Job One(int number)
    {
        var (jobId, model) = (Name(number), IsRefused(number) ? Refused : Faults);
        if (number % ClassifiedEvery == 0)
            return new("classify-text", jobId, new { jobId, model, text = "Is this nice?" });
        var messages = new[] { new { text = $"Question {number}" } };
        return number % ScheduledEvery == 1
            ? new("message-model", jobId,
                new { jobId, model, messages, notBefore = TimeProvider.System.GetUtcNow().AddSeconds(15) })
            : new("message-model", jobId, new { jobId, model, messages });
    }

    static bool IsRefused(int number) => number % RefusedEvery == 7;
}
