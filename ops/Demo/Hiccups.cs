using OpenAIWorker.Contracts;

namespace OpenAIWorker.Demo;

/// <summary>
/// Jobs that the provider refuses at first. Only the emulator fails on demand, by a word in the model's name.
/// </summary>
static class Hiccups
{
    public static IReadOnlyList<JobRequest> All =>
    [
        Job("retried", "status:500#1", "This job fails once and is tried again."),
        Job("throttled", "status:429#1+retry-after:2", "This job is told to wait two seconds."),
    ];

    static MessageModel Job(string id, string fault, string text) =>
        new() { JobId = id, Model = $"gpt-6-luna+{fault}", Messages = [new() { Text = text }] };
}
