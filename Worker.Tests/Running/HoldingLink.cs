using System.Net.Sockets;

namespace OpenAIWorker.Tests.Running;

/// <summary>A direction on a link.</summary>
enum Way
{
    /// <summary>From the worker to the server.</summary>
    There,

    /// <summary>From the server to the worker.</summary>
    Back,
}

/// <summary>
/// A small TCP proxy that can hold back the data of one side, so that a test knows what is on its way. Data that is
/// still held back when the link is disposed is lost, and both sides are cut.
/// </summary>
sealed class HoldingLink(string host, int port) : SocketServer
{
    readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Way? holds;

    /// <summary>Completes when something is held back.</summary>
    public Task Held => held.Task;

    /// <summary>From now on nothing passes in this direction.</summary>
    public void Hold(Way way) => holds = way;

    /// <summary>Lets the held data and everything after it pass.</summary>
    public void Release() => released.TrySetResult();

    protected override async Task Serve(TcpClient client)
    {
        using var worker = client;
        try
        {
            using var server = await Onward(host, port);
            await Join(client.GetStream(), server.GetStream(), _ => Pass(Way.There), _ => Pass(Way.Back));
        }
        catch (Exception broken) when (
            broken is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut, or one side closed.
        }
    }

    Task Pass(Way way)
    {
        if (holds != way)
            return Task.CompletedTask;
        held.TrySetResult();
        return released.Task.WaitAsync(Over);
    }
}
