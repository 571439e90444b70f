using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Storage;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Delivery.Records;

/// <summary>Groups that can never complete are refused with the error and the cure.</summary>
public sealed class GroupRefusalSpecs : IAsyncDisposable
{
    readonly SqliteFile file = new();

    public static TheoryData<string?, int?, string, string> Wrong => new()
    {
        { null, 1, "group.id", "group.id is missing: it is the same on all jobs of the group." },
        { " ", 1, "group.id", "group.id is missing" },
        { "g", null, "group.size", "group.size is missing: it states how many jobs the group has." },
        { "g", 0, "group.size", "group.size is 0; allowed: 1 to 1000000." },
        { new string('g', 257), 1, "group.id", "group.id has 257 characters; allowed: up to 256." },
        { "a\0b", 1, "group.id", "allowed: all characters but NUL" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_with_a_group_is_said_before_any_call(string? id, int? size, string member,
        string says)
    {
        await using var worker = await EmbeddedWorker.Start("--Records:Keep=Endings", $"--Storage:Path={file.Path}");

        var failure = await worker.Failure(Smallest with { Group = new() { Id = id, Size = size } });

        Assert.Equal((FailureCodes.InvalidRequest, member), (failure.Code, failure.Member));
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task A_worker_without_records_says_which_setting_groups_need()
    {
        await using var worker = await EmbeddedWorker.Start();

        var failure = await worker.Failure(Smallest with { Group = new() { Id = "g", Size = 1 } });

        Assert.Equal(("group", Remedy.Operator), (failure.Member, failure.Remedy));
        Assert.Contains("Set Records:Keep to Endings", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, worker.Emulator.Bill.Calls);
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
