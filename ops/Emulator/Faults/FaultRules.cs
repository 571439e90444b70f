using System.Collections.Immutable;

namespace OpenAIWorker.Emulator.Faults;

/// <summary>The faults in force, and the plan they make for each call. May be changed while calls run.</summary>
public sealed class FaultRules
{
    internal const string Header = "x-emulator-fault";

    readonly FaultPlan quiet;
    readonly Random random;
    readonly Lock gate = new();
    readonly Dictionary<(string Fault, string Job), int> met = [];
    ImmutableArray<FaultRule> rules = [];

    internal FaultRules(TimeSpan latency, Random random)
    {
        quiet = new(latency);
        this.random = random;
    }

    /// <summary>Adds a rule.</summary>
    /// <exception cref="FaultSyntaxException">The fault is not in the language.</exception>
    public void Add(string fault, string? model = null, string? endpoint = null)
    {
        var rule = new FaultRule(fault, model, endpoint);
        ImmutableInterlocked.Update(ref rules, known => known.Add(rule));
    }

    /// <summary>Replaces all rules.</summary>
    public void Replace(params IEnumerable<FaultRule> others) =>
        ImmutableInterlocked.InterlockedExchange(ref rules, [.. others]);

    /// <summary>Removes all rules. Faults in model names and headers stay in force.</summary>
    public void Clear() => Replace();

    internal void ForgetCounts()
    {
        lock (gate)
        {
            met.Clear();
        }
    }

    internal FaultPlan PlanFor(ApiCall call)
    {
        var plan = quiet;
        foreach (var fault in FaultsOf(call))
        {
            if (Strikes(fault, call.Job))
            {
                plan = With(fault, plan);
            }
        }

        return plan;
    }

    IEnumerable<Fault> FaultsOf(ApiCall call)
    {
        var plus = call.Model.IndexOf('+', StringComparison.Ordinal);
        var inModel = plus < 0 ? [] : FaultLanguage.Parse(call.Model[plus..]);
        var inHeader = call.Http.Request.Headers.TryGetValue(Header, out var header)
            ? FaultLanguage.Parse(header.ToString())
            : [];
        return rules.IsEmpty && inModel.Length + inHeader.Length == 0
            ? []
            : [.. inModel, .. inHeader, .. rules.Where(rule => rule.Meets(call)).SelectMany(rule => rule.Faults)];
    }

    /// <summary>
    /// Every call is counted, even if chance spares it: "the first two calls" means calls, not faults.
    /// </summary>
    bool Strikes(Fault fault, string job)
    {
        lock (gate)
        {
            return IsEarlyEnough(fault, job) && (fault.Probability >= 1 || random.NextDouble() < fault.Probability);
        }
    }

    bool IsEarlyEnough(Fault fault, string job)
    {
        if (fault.FirstCalls is not { } first)
        {
            return true;
        }

        var calls = met.GetValueOrDefault((fault.Text, job)) + 1;
        met[(fault.Text, job)] = calls;
        return calls <= first;
    }

    /// <summary>Delays are added. Of several endings the first one wins.</summary>
    static FaultPlan With(Fault fault, FaultPlan plan) => fault.Kind switch
    {
        FaultKind.Slow => plan with { Delay = plan.Delay + TimeSpan.FromMilliseconds(fault.Number) },
        FaultKind.RetryAfter => plan with { RetryAfter = TimeSpan.FromSeconds(fault.Number) },
        _ => plan with { Ending = plan.Ending ?? fault },
    };
}
