using System.Text.Json;
using OpenAIWorker.Contracts;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Jobs;

/// <summary>The rules of the members that every request has.</summary>
static class CommonCheck
{
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(25);

    static readonly TimeSpan LongestBackground = TimeSpan.FromDays(1);

    /// <summary>How long one call of a job may take: a job in the background has many calls.</summary>
    public static TimeSpan CallTime(JobRequest request, TimeSpan usual) =>
        request.Timeout is { } given && !(IsBackground(request) && given > usual) ? given : usual;

    static bool IsBackground(JobRequest request) =>
        request is MessageModel { Background: true } or MessageAssistant { Background: true };

    /// <summary>What is wrong with a group; null: nothing.</summary>
    public static Failure? Problem(JobGroup group)
    {
        try
        {
            Needed("group.id", !string.IsNullOrWhiteSpace(group.Id), "it is the same on all jobs of the group.");
            Length("group.id", group.Id, 256);
            NoNul("group.id", group.Id);
            Needed("group.size", group.Size is not null, "it states how many jobs the group has.");
            Range("group.size", group.Size, 1, 1_000_000);
            return null;
        }
        catch (FailureException wrong)
        {
            return wrong.Failure;
        }
    }

    public static void Of(JobRequest request)
    {
        if (request.Group is { } group && Problem(group) is { } problem)
            throw new FailureException(problem);
        NoNul("jobId", request.JobId);
        if (request.Timeout is { } timeout)
            Never("timeout", timeout < TimeSpan.FromSeconds(1)
                || timeout > (IsBackground(request) ? LongestBackground : LongestTimeout),
                $"is {timeout}; allowed: 00:00:01 to {LongestTimeout}, and with background: true to "
                    + $"{LongestBackground}: longer calls would exceed the broker's time limit.");
        if (request.Extra is { } extra)
        {
            foreach (var (name, value) in extra)
                NoStream($"extra.{name}", name, value);
        }
        ContractRules.Check(request);
    }

    /// <summary>
    /// Refuses streaming, because a job has one answer. Providers accept more values as true than JSON has.
    /// </summary>
    public static void NoStream(string member, string name, JsonElement value) => Never(
        member, IsStream(name) && !IsOff(value),
        $"is {value.GetRawText()}, but a job has one complete answer. Leave it out.");

    static bool IsStream(string name) => name.Split('[')[0].Trim().Equals("stream", StringComparison.OrdinalIgnoreCase);

    static bool IsOff(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.False or JsonValueKind.Null => true,
        JsonValueKind.String => value.GetString()!.Trim().ToUpperInvariant() is "" or "FALSE" or "0" or "NO" or "OFF",
        JsonValueKind.Number => value.TryGetInt64(out var number) && number == 0,
        _ => false,
    };
}
