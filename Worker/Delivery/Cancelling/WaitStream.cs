using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Delivery.Seals;
using OpenAIWorker.Delivery.Topology;
using OpenAIWorker.Delivery.Transports;
using OpenAIWorker.Settings;
using OpenAIWorker.Telemetry;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace OpenAIWorker.Delivery.Cancelling;

/// <summary>
/// Sends notes to all workers, including this one, in one order: a stream that each worker reads from the beginning.
/// Notes that are written while a message is on its way are sent together in the next one, so many notes cost little.
/// On the embedded transport there are no other workers, and a note is read at once.
/// </summary>
sealed partial class WaitStream(
    WaitBook book, QueueNames topology, HeaderSeal seal, TopologyRepair repair, IOptions<BrokerOptions> options,
    TimeProvider clock, ILogger<WaitStream> logger)
    : SteadyWork(clock, logger)
{
    const int NotesAtOnce = 500;
    const int BytesAtOnce = 512 * 1024;
    const ushort Prefetch = 50;

    // The limit of notes that wait while the stream is unavailable. Without its note, a job's ending is only published
    // later.
    const int MostWaiting = 100_000;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    readonly Channel<WaitNote> notes = Channel.CreateUnbounded<WaitNote>();
    readonly ConcurrentDictionary<long, TaskCompletionSource<WaitAnswer>> asked = new();
    readonly List<WaitNote> unsent = [];
    readonly Log log = new(logger);
    volatile bool isRead;
    long number;

    /// <summary>Whether everything that was written before has been read.</summary>
    public bool IsRead => isRead || options.Value.IsEmbedded;

    /// <summary>Sends a note to all workers. Losing it does no harm.</summary>
    public void Write(WaitNote note)
    {
        note = note with { By = book.Self };
        if (options.Value.IsEmbedded)
            book.Read(note);
        else if (notes.Reader.Count < MostWaiting || note.Step is not WaitStep.Waits)
            notes.Writer.TryWrite(note);
    }

    /// <summary>
    /// Sends a note to all workers. Returns the answer when this worker has read everything that was written before it.
    /// </summary>
    public Task<WaitAnswer> Ask(WaitNote note)
    {
        note = note with { By = book.Self, Number = Interlocked.Increment(ref number) };
        if (options.Value.IsEmbedded)
            return Task.FromResult(book.Read(note));
        var answer = new TaskCompletionSource<WaitAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        asked[note.Number] = answer;
        notes.Writer.TryWrite(note);
        return answer.Task;
    }

    /// <summary>Sends the last notes.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (isRead)
            await ((Task)Ask(new(WaitStep.Mark, Guid.Empty)).WaitAsync(LastWords, Clock, cancellationToken))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task Work(CancellationToken stop)
    {
        var isAway = false;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Follow(() => isAway = false, stop);
            }
            catch (Exception away) when (!stop.IsCancellationRequested
                && BrokerConnection.MayReturn(away, stop))
            {
                if (!isAway)
                    log.Away(away.GetType().Name, away.Message);
                isAway = true;
                if (away is OperationInterruptedException { ShutdownReason.ReplyCode: Constants.NotFound }
                    or PublishReturnException)
                    await repair.Now(topology.Waits, stop);
            }
            isRead = false;
            await Task.Delay(Pause, Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Follow(Action whenRead, CancellationToken stop)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var connection = await BrokerConnection.Open(options.Value, "waits", stop, recovers: false);
        await using var channel = await connection.ConfirmingChannel(stop);
        channel.ChannelShutdownAsync += (_, _) => gone.CancelAsync();
        book.Clear();
        await channel.Follow(topology.Waits, Prefetch, Read, gone.CancelAsync, stop);
        _ = Ask(new(WaitStep.Mark, Guid.Empty))
            .ContinueWith(_ => { isRead = true; whenRead(); }, gone.Token, TaskContinuationOptions.None,
                TaskScheduler.Default);
        while (await Next(gone.Token))
        {
            await Publish(channel, gone.Token).WaitAsync(Patience, Clock, gone.Token);
            unsent.Clear();
        }
    }

    void Read(BasicDeliverEventArgs message)
    {
        foreach (var note in Notes(message))
            Read(note);
    }

    void Read(WaitNote note)
    {
        var answer = book.Read(note);
        if (note.By == book.Self && asked.TryRemove(note.Number, out var asker))
            asker.TrySetResult(answer);
    }

    async Task<bool> Next(CancellationToken gone)
    {
        // A note that a job waits must not arrive after later notes about it: if it was lost with its channel it is
        // dropped.
        unsent.RemoveAll(note => note.Step is WaitStep.Waits or WaitStep.WaitsAgain);
        if (unsent.Count == 0 && !await notes.Reader.WaitToReadAsync(gone))
            return false;
        var size = 0;
        while (unsent.Count < NotesAtOnce && size < BytesAtOnce && notes.Reader.TryRead(out var note))
        {
            unsent.Add(note);
            size += note.Size;
        }
        return true;
    }

    async Task Publish(IChannel channel, CancellationToken gone)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(unsent, BusJson.Options);
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            Persistent = true,
            Headers = new Dictionary<string, object?> { [HeaderSeal.Header] = seal.Of(Sealed(body)) }
        };
        await channel.BasicPublishAsync("", topology.Waits, mandatory: true, properties, body, gone);
    }

    List<WaitNote> Notes(BasicDeliverEventArgs message)
    {
        try
        {
            return message.BasicProperties.Headers?.TryGetValue(HeaderSeal.Header, out var given) == true
                && given is byte[] text && seal.Holds(text, Sealed(message.Body))
                ? JsonSerializer.Deserialize<List<WaitNote>>(message.Body.Span, BusJson.Options) ?? []
                : [];
        }
        catch (JsonException)
        {
            // Written by another version.
            return [];
        }
    }

    SealedJob Sealed(ReadOnlyMemory<byte> body) => new(topology.Waits, "", body);

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(38, LogLevel.Warning,
            "Other workers' notes about waiting jobs cannot be read now; the endings of cancelled jobs are published "
                + "when they are delivered: {Fault}: {Reason}")]
        public partial void Away(string fault, string reason);
    }
}
