using System.Text;

namespace OpenAIWorker.Emulator.Faults;

/// <summary>What goes wrong with one call, at its three stations: before the work, during it, in the answer.</summary>
sealed class CallFaults(IReadOnlyList<Fault> faults)
{
    static readonly TimeSpan Forever = TimeSpan.FromMinutes(10);

    /// <summary>Refuses, before any work was done.</summary>
    public void Refuse(Call call)
    {
        if (Find("cut") is not null)
        {
            call.Http.Abort();
            throw new OperationCanceledException("The connection is cut.");
        }
        if (Find("status") is { } status)
            throw Refusals.Of(status.Number, status.Code, Find("retry-after") is { } wait ? TimeSpan.FromSeconds(wait.Number) : null);
        if (Find("html") is not null)
            throw new HtmlException();
    }

    /// <summary>Takes its time.</summary>
    public Task Delay(int latency, TimeProvider clock, CancellationToken cancellation)
    {
        var delay = Find("hang") is not null ? Forever : TimeSpan.FromMilliseconds(latency + (Find("slow")?.Number ?? 0));
        return delay > TimeSpan.Zero ? Task.Delay(delay, clock, cancellation) : Task.CompletedTask;
    }

    /// <summary>Spoils the answer to work that was done.</summary>
    public Reply Spoil(Reply reply)
    {
        if (Find("broken") is not null)
            return reply with { Body = reply.Body[..(reply.Body.Length / 2)] };
        return Find("cut-after") is null ? reply : reply with { IsCut = true };
    }

    Fault? Find(string kind) => faults.FirstOrDefault(fault => fault.Kind == kind);
}

/// <summary>A proxy in between answers with a page.</summary>
sealed class HtmlException : Exception
{
    public static readonly Reply Reply = new(502, Encoding.UTF8.GetBytes("<html><body><h1>502 Bad Gateway</h1></body></html>")) { ContentType = "text/html" };
}
