using System.Runtime.InteropServices;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Delivery.Handlers;

/// <summary>
/// Recent answers of handlers. All of them are in the broker's stream too, where a worker that starts reads them.
/// </summary>
sealed class ToolAnswers
{
    // In bytes. The oldest are dropped first; their jobs have them by then, or were told that there was no answer.
    const long Bound = 64 * 1024 * 1024;
    const int Overhead = 200;

    readonly Lock guard = new();
    readonly Dictionary<string, ToolAnswered> answers = [];
    readonly Queue<string> byAge = [];
    long size;
    TaskCompletionSource news = New();

    /// <summary>The first answer counts.</summary>
    public void Add(string call, ToolAnswered answer)
    {
        lock (guard)
        {
            if (!answers.TryAdd(call, answer))
                return;
            byAge.Enqueue(call);
            size += SizeOf(call, answer);
            while (size > Bound)
                Forget(byAge.Dequeue());
            news.SetResult();
            news = New();
        }
    }

    public ToolAnswered? Find(string call)
    {
        lock (guard)
            return answers.GetValueOrDefault(call);
    }

    /// <summary>Completes as soon as all answers are here, or the time is over.</summary>
    public async Task Arrival(IReadOnlyCollection<string> calls, TimeSpan atMost, TimeProvider clock,
        CancellationToken cancellation)
    {
        var patience = Task.Delay(atMost, clock, cancellation);
        while (Missing(calls) is { } next && !patience.IsCompleted)
            await Task.WhenAny(next, patience);
        cancellation.ThrowIfCancellationRequested();
    }

    Task? Missing(IReadOnlyCollection<string> calls)
    {
        lock (guard)
            return calls.All(answers.ContainsKey) ? null : news.Task;
    }

    void Forget(string oldest)
    {
        if (answers.Remove(oldest, out var answer))
            size -= SizeOf(oldest, answer);
    }

    static long SizeOf(string call, ToolAnswered answer) =>
        Overhead + sizeof(char) * (call.Length + (answer.Text?.Length ?? 0) + (answer.Error?.Length ?? 0))
            + JsonSize(answer);

    // The document keeps the original bytes, and an index of about the same size.
    static long JsonSize(ToolAnswered answer) =>
        answer.Json is { } json ? 2L * JsonMarshal.GetRawUtf8Value(json).Length : 0;

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
