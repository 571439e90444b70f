using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Api;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Web.OpenAI;

/// <summary>Deletes old files, batches and responses.</summary>
sealed class ApiUpkeep(ApiFileStore files, ApiBatchStore batches, ApiResponseStore responses,
    IOptions<RecordsOptions> records, TimeProvider clock, ILogger<ApiUpkeep> logger) : RecurringWork(clock, logger)
{
    protected override TimeSpan Every => TimeSpan.FromMinutes(10);

    protected override async Task Run(CancellationToken stop)
    {
        var before = Clock.GetUtcNow() - records.Value.KeepFor;
        try
        {
            await files.Sweep(stop);
            await batches.Sweep(before, stop);
            await responses.Sweep(before, stop);
        }
        catch (FailureException)
        {
            // The database is unavailable, which is logged once.
        }
    }
}
