using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>What keeps the memory of a batch flat, however many lines it has.</summary>
public sealed class LargeBatchSpecs : IDisposable
{
    const int Many = 100_000;

    readonly BatchScene scene = new();

    [Fact]
    public void Each_hash_is_new_once()
    {
        var seen = new SeenHashes();
        var hashes = Enumerable.Range(0, Many).Select(line => LineHash.Of(BitConverter.GetBytes(line), []).Value)
            .Append(UInt128.Zero).ToList();

        Assert.All(hashes, hash => Assert.True(seen.Add(hash)));
        Assert.All(hashes, hash => Assert.False(seen.Add(hash)));
    }

    [Fact]
    public async Task A_full_window_wakes_its_sender_when_an_eighth_of_it_is_free()
    {
        var room = new Room(16);
        for (var i = 0; i < 16; i++)
            Assert.True(room.Enter(CancellationToken.None).IsCompletedSuccessfully);

        var entering = room.Enter(TestContext.Current.CancellationToken);
        room.Leave();
        room.Leave();
        Assert.False(entering.IsCompleted);
        room.Leave();

        await entering;
    }

    [Fact]
    public async Task The_smallest_window_has_room_for_one()
    {
        var room = new Room(1);

        Assert.True(room.Enter(CancellationToken.None).IsCompletedSuccessfully);
        var entering = room.Enter(TestContext.Current.CancellationToken);
        Assert.False(entering.IsCompleted);
        room.Leave();

        await entering;
    }

    [Fact]
    public async Task No_more_endings_are_held_back_than_the_window_holds()
    {
        var client = new FakeClient { Answers = job => job.JobId != "j0" };
        using var interrupt = new CancellationTokenSource();
        scene.Output = "/dev/null";
        scene.Given(Enumerable.Range(0, 100).Select(i => BatchScene.Job($"j{i}")));

        var run = scene.Run(client, given => given with { KeepOrder = true, Window = 8 }, interrupt.Token);
        await Eventually.Is(() => client.Sent.Count == 8);
        await interrupt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.Equal(8, client.Sent.Count);
    }

    public void Dispose() => scene.Dispose();
}
