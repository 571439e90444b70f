using System.Collections.Concurrent;

namespace OpenAIWorker.Emulator.Faults;

/// <summary>The faults of a call: of its model's name, of its header, and of rules set at run time.</summary>
public sealed class FaultRules
{
    const string Header = "x-emulator-fault";

    readonly ConcurrentDictionary<(string Job, string Fault), int> met = new();
    readonly Chance chance;
    volatile IReadOnlyList<FaultRule> rules = [];

    internal FaultRules(Chance chance) => this.chance = chance;

    /// <summary>Replaces all rules.</summary>
    public void Set(params IReadOnlyList<FaultRule> faults)
    {
        foreach (var rule in faults)
            _ = Fault.Parse(rule.Fault, ',').ToList();
        rules = faults;
        met.Clear();
    }

    internal CallFaults For(Call call) => new([.. Named(call).Where(fault => Happens(fault, call.Job))]);

    IEnumerable<Fault> Named(Call call)
    {
        if (call.Model.IndexOf('+', StringComparison.Ordinal) is >= 0 and var plus)
            foreach (var fault in Fault.Parse(call.Model[(plus + 1)..], '+'))
                yield return fault;
        foreach (var fault in Fault.Parse(call.Http.Request.Headers[Header].ToString(), ','))
            yield return fault;
        foreach (var rule in rules.Where(rule => rule.Fits(call.Model, call.Http.Request.Path)))
            foreach (var fault in Fault.Parse(rule.Fault, ','))
                yield return fault;
    }

    bool Happens(Fault fault, string job) =>
        (fault.Probability >= 1 || chance.Next() < fault.Probability)
        && (fault.Times is not { } times || met.AddOrUpdate((job, fault.Text), 1, static (_, count) => count + 1) <= times);
}
