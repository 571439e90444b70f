using OpenAIWorker.Rig;

namespace OpenAIWorker.Chaos.Stores;

/// <summary>Jobs whose results need a store: assistants' turns, and images.</summary>
static class StoreJobs
{
    public const string Assistant = "Ada";

    // Each call takes a moment, during which the store may fail.
    const string Model = "gpt-image-2+slow:300";

    public static readonly Job Create = new("create-assistant", "create",
        new { jobId = "create", name = Assistant, model = "m+slow:300" });

    public static IEnumerable<Job> Make(int count) => Enumerable.Range(0, count).Select(One);

    static Job One(int number)
    {
        var jobId = Jobs.Name(number);
        return number % 2 == 0
            ? new("message-assistant", jobId, new { jobId, assistantName = Assistant, prompt = $"Question {number}" })
            : new("generate-image", jobId, new { jobId, model = Model, prompt = $"Picture {number}" });
    }
}
