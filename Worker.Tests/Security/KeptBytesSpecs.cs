using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery;

namespace OpenAIWorker.Tests.Security;

/// <summary>What is kept of jobs that wait is bounded by bytes, so each text of a sender's counts with its length.</summary>
public sealed class KeptBytesSpecs
{
    static readonly string Long = new('x', 1_000_000);

    static readonly OperationFailed Short = new()
    {
        JobId = "j",
        Operation = "message-model",
        Code = FailureCodes.Cancelled,
        Kind = FailureKind.Permanent,
        Message = "m",
        Attempts = 1,
        FirstSeen = default,
        FailedAt = default,
    };

    public static TheoryData<string> Members => ["id", "model", "credential", "metadata's key", "metadata's value"];

    [Theory]
    [MemberData(nameof(Members))]
    public void Each_text_of_a_waiting_job_counts(string member) => Assert.InRange(WaitingJobs.SizeOf(member switch
    {
        "id" => Short with { JobId = Long },
        "model" => Short with { Model = Long },
        "credential" => Short with { Credential = Long },
        "metadata's key" => Short with { Metadata = new Dictionary<string, string> { [Long] = "" } },
        _ => Short with { Metadata = new Dictionary<string, string> { ["a"] = Long } },
    }), sizeof(char) * Long.Length, long.MaxValue);
}
