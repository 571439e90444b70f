using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Cancelling;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Transports;

namespace OpenAIWorker.Tests.Security;

/// <summary>Memory for waiting jobs is limited in bytes, so each text of a sender counts with its length.</summary>
public sealed class KeptBytesSpecs
{
    static readonly string Long = new('x', 60_000);

    static readonly OperationFailed Short = new()
    {
        JobId = "j",
        Operation = "message-model",
        Code = "",
        Kind = FailureKind.Permanent,
        Message = "",
        Attempts = 1,
        FirstSeen = default,
        FailedAt = default,
    };

    public static TheoryData<string> Members => ["id", "model", "credential", "metadata's key", "metadata's value"];

    [Theory]
    [MemberData(nameof(Members))]
    public void Each_text_of_a_waiting_job_counts(string member)
    {
        var told = JsonSerializer.SerializeToElement(new WaitingEnd(LongIn(member), null, null), BusJson.Options);
        var book = new WaitBook(Guid.NewGuid(), _ => false, TimeProvider.System);
        var fit = (int)(WaitTable.Bound / Long.Length);

        for (var i = 0; i < fit + 50; i++)
            book.Read(new(WaitStep.Waits, Guid.NewGuid())
            {
                Job = Guid.NewGuid(),
                End = DateTimeOffset.MaxValue,
                Told = told
            });

        Assert.InRange(book.Count, fit - 50, fit);
    }

    [Fact]
    public void More_jobs_than_fit_take_no_more_than_the_bound()
    {
        var told = JsonSerializer.SerializeToElement(new WaitingEnd(Short, null, null), BusJson.Options);
        var book = new WaitBook(Guid.NewGuid(), _ => false, TimeProvider.System);

        for (var i = 0; i <= WaitTable.Bound / WaitingJob.Overhead; i++)
            book.Read(new(WaitStep.Waits, Guid.NewGuid())
            {
                Job = Guid.NewGuid(),
                End = DateTimeOffset.MaxValue,
                Told = told
            });

        Assert.InRange(book.Count, 80_000, WaitTable.Bound / WaitingJob.Overhead - 1);
    }

    static OperationFailed LongIn(string member) => member switch
    {
        "id" => Short with { JobId = Long },
        "model" => Short with { Model = Long },
        "credential" => Short with { Credential = Long },
        "metadata's key" => Short with { Metadata = new Dictionary<string, string> { [Long] = "" } },
        _ => Short with { Metadata = new Dictionary<string, string> { ["a"] = Long } },
    };
}
