using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Events;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Groups;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Records;

/// <summary>Publishes that all jobs of a group have ended, until the broker has confirmed it.</summary>
sealed partial class GroupNews(Lazy<GroupEndings> endings, EventPublisher events, EventCourier courier,
    IOptions<RecordsOptions> options, TimeProvider clock, ILogger<GroupNews> logger) : RecurringWork(clock, logger)
{
    readonly Log log = new(logger);

    protected override TimeSpan Every => TimeSpan.FromSeconds(1);

    public override Task StartAsync(CancellationToken cancellationToken) =>
        options.Value.IsOn ? base.StartAsync(cancellationToken) : Task.CompletedTask;

    protected override async Task Run(CancellationToken stop)
    {
        try
        {
            foreach (var group in await endings.Value.Next(stop))
                Tell(group);
        }
        catch (FailureException)
        {
            // The database is unavailable, which is logged once.
        }
    }

    void Tell(WholeGroup whole)
    {
        var (key, group) = (whole.Progress.Key, whole.Progress);
        courier.Send(events.Of(new GroupCompleted
        {
            Group = key.Id,
            Tenant = key.Tenant.Length > 0 ? key.Tenant : null,
            Size = group.Size,
            Completed = group.Completed,
            Failed = group.Failed,
            InputTokens = whole.InputTokens,
            OutputTokens = whole.OutputTokens,
            Cost = whole.Cost is { } cost ? new() { Amount = (decimal)cost, Currency = whole.Currency ?? "" } : null,
            FirstSeen = group.FirstSeen,
            EndedAt = group.EndedAt!.Value,
        }), sent: () => Told(key));
        log.Completed(PlainText.Name(key.Id), group.Completed, group.Failed);
    }

    // If this cannot be recorded, the next worker publishes it once more, with the same message id.
    async Task Told(GroupKey group) => await endings.Value.Told(group)
        .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(62, LogLevel.Information,
            "Group {Group}: all jobs have ended, {Completed} completed, {Failed} failed")]
        public partial void Completed(string group, int completed, int failed);
    }
}
