using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Delivery.Consuming;

/// <summary>
/// Paid answers whose endings the broker has not confirmed yet. A worker that stops before that, because the broker is
/// away or accepts nothing, writes them to files. The broker delivers their jobs again, and the next start publishes
/// their endings without a second call.
/// </summary>
sealed partial class UnsentAnswers
{
    // A job that does not return here within this time was ended by another worker.
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    readonly ConcurrentDictionary<CallKey, (Job Job, Outcome Outcome, long Since)> atHand = new();
    readonly AnswerFiles files;
    readonly string prefix;
    readonly bool isEmbedded;
    readonly IHostApplicationLifetime host;
    readonly TimeProvider clock;
    readonly Log log;
    long swept;

    public UnsentAnswers(IOptions<DeliveryOptions> options, IOptions<BrokerOptions> broker,
        IHostApplicationLifetime host, TimeProvider clock, ILogger<UnsentAnswers> logger)
    {
        (this.host, this.clock, prefix, isEmbedded, log, swept) = (host, clock, broker.Value.Prefix,
            broker.Value.IsEmbedded, new(logger), clock.GetTimestamp());
        files = new(options.Value.UnsentAnswers, clock.GetUtcNow() - options.Value.MaxAge);
        if (!isEmbedded)
            host.ApplicationStopping.Register(WriteAll);
    }

    /// <summary>
    /// Whether a job with such a body was answered before the last stop. For a message that must not be read any more.
    /// </summary>
    public bool HasBody(Guid body) => MayHave(body) && files.HasAny(body);

    /// <summary>The job's answer from before the last stop.</summary>
    public Outcome? Find(Job job) => MayHave(job.BodyHash) ? files.Read(NameOf(job), job.Operation) : null;

    /// <summary>The job is answered.</summary>
    public Outcome Add(Job job, Outcome outcome)
    {
        // A finished intermediate step is paid for, too.
        if (isEmbedded || outcome is not (
            { Failure: null, Unkept: null } and ({ Result: not null } or { Suspension: not null })))
            return outcome;
        atHand[CallKey.Of(job)] = (job, outcome, clock.GetTimestamp());
        if (host.ApplicationStopping.IsCancellationRequested)
            Write(job, outcome);
        else if (clock.GetElapsedTime(Volatile.Read(ref swept)) > Kept)
            ForgetOld();
        return outcome;
    }

    /// <summary>The job's ending is confirmed.</summary>
    public void Forget(Job job)
    {
        atHand.TryRemove(CallKey.Of(job), out _);
        if (MayHave(job.BodyHash))
            files.Delete(NameOf(job));
    }

    // The files are of workers on a broker.
    bool MayHave(Guid body) => !isEmbedded && files.MayHave(body);

    void WriteAll()
    {
        foreach (var (_, (job, outcome, _)) in atHand)
            Write(job, outcome);
    }

    void Write(Job job, Outcome outcome)
    {
        try
        {
            files.Write(NameOf(job), job, outcome);
            // Its ending was published at this moment.
            if (!atHand.ContainsKey(CallKey.Of(job)))
                files.Delete(NameOf(job));
        }
        // The folder does not accept this answer, or it cannot be serialised; the others are written all the same.
        catch (Exception refused)
        {
            log.Unwritten(PlainText.Name(job.Id), refused.Message);
        }
    }

    void ForgetOld()
    {
        Volatile.Write(ref swept, clock.GetTimestamp());
        foreach (var (key, answer) in atHand)
        {
            if (clock.GetElapsedTime(answer.Since) > Kept)
                atHand.TryRemove(key, out _);
        }
    }

    // The same job only if the body is the same, because senders choose ids.
    string NameOf(Job job)
    {
        var life = string.Create(CultureInfo.InvariantCulture,
            $"{prefix}\n{job.Operation}\n{job.Waits}\n{job.State?.Step ?? 0}\n{job.Id}\n{job.BodyHash}");
        return AnswerFiles.KeyOf(job.BodyHash, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(life))));
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(22, LogLevel.Warning,
            "Job {JobId} is answered, and may be called again after the stop: its answer cannot be written "
                + "(Delivery:UnsentAnswers): {Reason}")]
        public partial void Unwritten(string jobId, string reason);
    }
}
