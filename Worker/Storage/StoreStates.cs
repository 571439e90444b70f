using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Storage;

/// <summary>
/// The states of the stores, as last seen. Logs once that a store became unavailable, and once that it is back.
/// </summary>
sealed partial class StoreStates
{
    readonly ConcurrentDictionary<string, StoreFault?> faults = new();
    readonly Log log;

    public StoreStates(WorkerMeter worker, ILogger<StoreStates> logger)
    {
        log = new(logger);
        worker.Meter.CreateObservableGauge("openai_worker.store.up", Measure, "{store}",
            "1 while the store can be used; else 0");
    }

    /// <summary>The stores that cannot be used, and why.</summary>
    public IReadOnlyList<(string Store, StoreFault Fault)> Broken =>
        [.. from store in faults where store.Value is not null orderby store.Key select (store.Key, store.Value)];

    public StoreFault? FaultOf(string store) => faults.GetValueOrDefault(store);

    public void Works(string store)
    {
        if (faults.TryGetValue(store, out var before) && before is null)
            return;
        faults[store] = null;
        if (before is not null)
            log.Back(StoreFailures.Of(store));
    }

    public void Fails(string store, StoreFault fault, Exception broken)
    {
        var before = faults.GetValueOrDefault(store);
        faults[store] = fault;
        if (before is not null && before.IsForGood == fault.IsForGood)
            return;
        var reason = PlainText.Name(broken.GetBaseException().Message);
        if (fault.Cure is { } cure)
            log.Refused(StoreFailures.Of(store), fault.Why, cure, reason);
        else
            log.Away(StoreFailures.Of(store), fault.Why, reason);
    }

    /// <summary>Older tables are changed, which may take long.</summary>
    public void Changes(string store, int step, int last) => log.Changes(StoreFailures.Of(store), step, last);

    /// <summary>They are as this worker needs them.</summary>
    public void Changed(string store) => log.Changed(StoreFailures.Of(store));

    IEnumerable<Measurement<double>> Measure() =>
        faults.Select(store =>
            new Measurement<double>(store.Value is null ? 1 : 0,
                new KeyValuePair<string, object?>("store", store.Key)));

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(31, LogLevel.Warning,
            "The {Store} is unavailable: {Why} ({Reason}). Jobs that need it wait; the worker reconnects by itself")]
        public partial void Away(string store, string why, string reason);

        [LoggerMessage(32, LogLevel.Error,
            "The {Store} cannot be used: {Why}. {Cure} ({Reason}). Jobs that need it fail, or wait if it only records "
                + "them")]
        public partial void Refused(string store, string why, string cure, string reason);

        [LoggerMessage(80, LogLevel.Information,
            "The {Store} has the tables of an older version: step {Step} of {Last} begins. With many records a step "
            + "takes minutes; jobs that need the {Store} wait, and stopping the worker undoes the step")]
        public partial void Changes(string store, int step, int last);

        [LoggerMessage(81, LogLevel.Information, "The {Store} has the tables of this version")]
        public partial void Changed(string store);

        [LoggerMessage(33, LogLevel.Information, "The {Store} is available again")]
        public partial void Back(string store);
    }
}
