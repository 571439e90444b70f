using System.Collections.Concurrent;
using System.Text.Json;

namespace OpenAIWorker.Emulator.Billing;

/// <summary>What was received, and what OpenAI would have billed: a count for each job, cheap enough for a million of them.</summary>
public sealed class Ledger(EmulatorOptions options)
{
    readonly ConcurrentQueue<ReceivedCall> calls = new();
    readonly ConcurrentDictionary<string, int> billed = new();
    readonly ConcurrentDictionary<int, int> byStatus = new();

    /// <summary>The newest calls, oldest first.</summary>
    public IReadOnlyList<ReceivedCall> Calls => [.. calls];

    /// <summary>Accepted calls of a job.</summary>
    public int BilledTo(string job) => billed.GetValueOrDefault(job);

    /// <summary>The sum of it.</summary>
    public Bill Bill
    {
        get
        {
            var twice = billed.Where(job => job.Value > 1 && job.Key.Length > 0).Select(job => job.Key).ToList();
            return new(byStatus.Values.Sum(), billed.Values.Sum(), billed.Count, twice.Count, [.. twice.Order().Take(100)], byStatus.ToDictionary());
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        calls.Clear();
        billed.Clear();
        byStatus.Clear();
    }

    internal void Add(Call call)
    {
        byStatus.AddOrUpdate(call.Status, 1, static (_, count) => count + 1);
        if (call.IsBilled)
            billed.AddOrUpdate(call.Job, 1, static (_, count) => count + 1);
        if (options.Keep == 0)
            return;
        calls.Enqueue(Received(call));
        while (calls.Count > options.Keep)
            calls.TryDequeue(out _);
    }

    static ReceivedCall Received(Call call) => new(
        call.At, call.Job, call.Http.Request.Method, call.Http.Request.Path, call.Model, call.Status, call.IsBilled,
        call.Http.Request.Headers.Where(header => header.Key != "Authorization").ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        call.Body.ValueKind == JsonValueKind.Undefined ? null : call.Body);
}
