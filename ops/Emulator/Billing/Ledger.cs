using System.Runtime.InteropServices;

namespace OpenAIWorker.Emulator.Billing;

/// <summary>Counts by job: one number per job, so a million jobs need little memory.</summary>
sealed class Ledger
{
    const int JobsNamed = 100;

    readonly Lock gate = new();
    readonly Dictionary<string, int> billedByJob = [];
    readonly Dictionary<string, long> byModel = [];
    readonly Dictionary<int, long> byStatus = [];
    readonly List<string> billedTwice = new(JobsNamed);
    long calls;
    long billed;
    int twice;

    public void Receive()
    {
        lock (gate)
        {
            calls++;
        }
    }

    public void Charge(string job, string model)
    {
        lock (gate)
        {
            billed++;
            CollectionsMarshal.GetValueRefOrAddDefault(byModel, model, out _)++;
            if (++CollectionsMarshal.GetValueRefOrAddDefault(billedByJob, job, out _) == 2 && job is not "")
            {
                NameTwice(job);
            }
        }
    }

    public void Answer(int status)
    {
        lock (gate)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(byStatus, status, out _)++;
        }
    }

    public int TimesBilled(string job)
    {
        lock (gate)
        {
            return billedByJob.GetValueOrDefault(job);
        }
    }

    public Bill Read()
    {
        lock (gate)
        {
            return new()
            {
                Calls = calls,
                Billed = billed,
                Jobs = billedByJob.Count - (billedByJob.ContainsKey("") ? 1 : 0),
                BilledTwice = twice,
                JobsBilledTwice = [.. billedTwice],
                ByModel = new Dictionary<string, long>(byModel),
                ByStatus = new Dictionary<int, long>(byStatus),
            };
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            calls = billed = twice = 0;
            billedByJob.Clear();
            byModel.Clear();
            byStatus.Clear();
            billedTwice.Clear();
        }
    }

    void NameTwice(string job)
    {
        twice++;
        if (billedTwice.Count < JobsNamed)
        {
            billedTwice.Add(job);
        }
    }
}
