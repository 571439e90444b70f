using OpenAIWorker.Storage.Api;
using static OpenAIWorker.Storage.Api.BatchStatuses;

namespace OpenAIWorker.Web.OpenAI.Batches;

/// <summary>
/// Runs one batch from its current state to its end. It can stop anywhere: the next process continues from the
/// database.
/// </summary>
sealed class ApiBatchRun(ApiBatch begun, BatchTools tools)
{
    const int MostLines = 50_000;

    // If none of the first lines is a line of a batch, the wrong file was named.
    const int FirstLook = 10;
    const int MostFaults = 20;
    const int SentAtOnce = 200;
    const int BytesAtOnce = 4 * 1024 * 1024;
    const int WrittenAtOnce = 20;

    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan PauseForALine = TimeSpan.FromMilliseconds(0.2);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    readonly LineStates lines = new();
    readonly BatchLines source = new(begun, tools.Payloads, tools.LargestLine);
    ApiBatch batch = begun;

    public async Task Run(CancellationToken stop)
    {
        try
        {
            if (await Look(stop) is { Count: > 0 } faults)
            {
                await Fail(faults, stop);
                return;
            }
            await Send(stop);
            await Follow(stop);
            await Finish(stop);
        }
        catch (InputGoneException)
        {
            await Fail(
                [
                    new("file_not_found", $"The input {batch.InputFile} no longer exists (Payloads:KeepFor).",
                        null, "input_file_id")], stop);
        }
    }

    // Why it is not a batch; empty: it is one.
    async Task<IReadOnlyList<BatchFault>> Look(CancellationToken stop)
    {
        var (faults, models) = (new List<BatchFault>(), new HashSet<string>());
        await foreach (var line in source.Read(stop))
        {
            lines.Add(line.Number, line.Fault is null ? LineState.Open : LineState.Bad);
            if (line.Fault is { } fault && faults.Count < MostFaults)
                faults.Add(fault);
            if (line.Model is { } model && models.Count < 2)
                models.Add(model);
            if (lines.Count > MostLines)
                return [new("too_many_lines", $"The file has more than {MostLines} lines.", line.Number, null)];
            if (lines.Count == FirstLook && faults.Count == FirstLook)
                return faults;
        }
        if (lines.Count == 0)
            return [new("empty_file", "The file has no lines.", null, null)];
        if (lines.Failed == lines.Count)
            return faults;
        if (batch.Progress.InProgressAt is null)
            await Save(batch with
            {
                Status = InProgress,
                Progress = batch.Progress with
                {
                    InProgressAt = tools.Clock.GetUtcNow(),
                    Total = lines.Count,
                    Failed = lines.Failed,
                    Model = models.Count == 1 ? models.First() : null,
                },
            }, stop);
        return [];
    }

    async Task Send(CancellationToken stop)
    {
        await tools.Jobs.Look(batch, lines.Open(batch.Progress.Sent), lines, stop);
        // Jobs that waited in a process are lost with it.
        var from = tools.Jobs.AreInProcess ? 0 : batch.Progress.Sent;
        var (some, bytes) = (new List<BatchLine>(), 0);
        await foreach (var line in source.Read(stop))
        {
            if (IsOver)
                return;
            if (line.Number <= from || lines.Of(line.Number) is not (LineState.Open or LineState.Running))
                continue;
            some.Add(line);
            bytes += line.Bytes;
            if (some.Count < SentAtOnce && bytes < BytesAtOnce)
                continue;
            await Send(some, stop);
            some.Clear();
            bytes = 0;
        }
        if (some.Count > 0 && !IsOver)
            await Send(some, stop);
    }

    async Task Send(List<BatchLine> some, CancellationToken stop)
    {
        await Task.WhenAll(some.Select(line => tools.Jobs.Send(batch, line, lines.Jobs, stop)));
        await Save(batch with { Progress = batch.Progress with { Sent = some[^1].Number } }, stop);
    }

    bool IsOver => batch.IsCancelling || tools.Clock.GetUtcNow() >= batch.ExpiresAt;

    async Task Follow(CancellationToken stop)
    {
        DateTimeOffset? calledOff = null;
        while (true)
        {
            var open = lines.Open(batch.Progress.Sent);
            await tools.Jobs.Look(batch, open, lines, stop);
            await Save(batch with
            {
                Progress = batch.Progress with { Completed = lines.Completed, Failed = lines.Failed },
            }, stop);
            open = lines.Open(batch.Progress.Sent);
            if (open.Count == 0 || BatchPatience.IsOver(batch, calledOff, lines.IsAnyRunning, tools.Clock.GetUtcNow()))
                return;
            if (batch.IsCancelling && calledOff is null)
            {
                await tools.Jobs.Cancel(batch, stop);
                calledOff = tools.Clock.GetUtcNow();
            }
            var pause = ShortestPause + open.Count * PauseForALine;
            await Task.Delay(pause < LongestPause ? pause : LongestPause, tools.Clock, stop);
        }
    }

    async Task Finish(CancellationToken stop)
    {
        if (!batch.IsCancelling)
            await Save(batch with
            {
                Status = Finalizing,
                Progress = batch.Progress with
                {
                    FinalizingAt = batch.Progress.FinalizingAt ?? tools.Clock.GetUtcNow(),
                },
            }, stop);
        var output = new BatchOutput(batch, tools.Payloads, stop);
        try
        {
            // Without the requests, which may be large.
            await foreach (var some in source.Read(stop).Select(line => line with { Request = null })
                .Chunk(WrittenAtOnce))
                await Write(output, some, stop);
            var now = tools.Clock.GetUtcNow();
            var (progress, files) = await output.Complete(now, tools.FilesKeptFor);
            await tools.Batches.Save(batch with
            {
                Status = batch.IsCancelling ? Cancelled : output.IsAnyLate ? Expired : Completed,
                EndedAt = now,
                Progress = progress,
            }, tools.Holder, files, stop);
        }
        catch (Exception broken)
        {
            await output.Abandon(broken);
            throw;
        }
    }

    async Task Write(BatchOutput output, BatchLine[] some, CancellationToken stop)
    {
        var ended = await tools.Jobs.Ended(batch,
            some.Where(line => line.Fault is null).Select(line => line.Number), stop);
        foreach (var line in some)
            await output.Add(line, ended.GetValueOrDefault(line.Number));
    }

    async Task Fail(IReadOnlyList<BatchFault> faults, CancellationToken stop) => await Save(batch with
    {
        Status = Failed,
        EndedAt = tools.Clock.GetUtcNow(),
        Progress = batch.Progress with { Faults = faults },
    }, stop);

    // Also learns whether the batch should stop.
    async Task Save(ApiBatch next, CancellationToken stop)
    {
        var status = await tools.Batches.Save(next, tools.Holder, [], stop);
        batch = next with { Status = status };
    }
}
