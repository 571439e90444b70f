using Microsoft.Extensions.Options;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage.Api;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>The dependencies of a running batch.</summary>
sealed class BatchTools(ApiBatchStore batches, BatchLeases leases, BatchJobs jobs, IPayloadStore payloads,
    IOptions<PayloadsOptions> kept, IOptions<WebOptions> web, TimeProvider clock)
{
    public ApiBatchStore Batches => batches;

    public string Holder => leases.Holder;

    public BatchJobs Jobs => jobs;

    public IPayloadStore Payloads => payloads;

    /// <summary>In bytes.</summary>
    public int LargestLine => Math.Min(web.Value.MaxJobBytes, jobs.LargestLine);

    public TimeSpan FilesKeptFor => kept.Value.KeepFor;

    public TimeProvider Clock => clock;
}
