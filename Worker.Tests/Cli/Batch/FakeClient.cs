using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Tests.Cli.Batch;

/// <summary>A client whose jobs the test answers: at once, never, or until it dies.</summary>
sealed class FakeClient : IJobClient
{
    readonly ConcurrentQueue<JobRequest> kept = new();
    Func<JobEvent, Task> onEvent = _ => Task.CompletedTask;

    public bool IsEmbedded { get; init; } = true;

    /// <summary>The jobs that are answered as soon as they are sent.</summary>
    public Func<JobRequest, bool> Answers { get; init; } = _ => true;

    /// <summary>It throws after this number of answers, like a process that dies.</summary>
    public int DiesAfter { get; init; } = int.MaxValue;

    /// <summary>How often each answer arrives.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Jobs of an earlier run. Their endings come as soon as somebody receives.</summary>
    public IReadOnlyList<string> Waiting { get; init; } = [];

    public ConcurrentQueue<string> Sent { get; } = new();

    /// <summary>Jobs whose answer was acknowledged the second time, though it could not be written the
    /// first.</summary>
    public ConcurrentQueue<string> Lost { get; } = new();

    public event Action<CredentialPaused>? Paused;

    public int Running => kept.Count;

    public string? Away { get; set; }

    public int? WorkersThere { get; init; }

    /// <summary>The provider refuses the key.</summary>
    public void Pause() =>
        Paused?.Invoke(new()
        {
            Credential = "default",
            Code = FailureCodes.Unauthorized,
            Message = "The provider answered 401: no."
        });

    public Task<IReadOnlyList<string>> Refusals(IReadOnlyList<string> credentials, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public Task<int?> Workers(CancellationToken cancellation) => Task.FromResult(WorkersThere);

    public async Task Receive(Func<JobEvent, Task> handler, CancellationToken cancellation)
    {
        onEvent = handler;
        foreach (var job in Waiting)
            await onEvent(EventOf(new MessageModel { JobId = job, Model = "m" }));
    }

    public async Task Send(JobRequest job, CancellationToken cancellation)
    {
        if (Sent.Count >= DiesAfter)
            throw new InvalidOperationException("died");
        Sent.Enqueue(job.JobId!);
        if (!Answers(job))
            kept.Enqueue(job);
        else
            for (var i = 0; i < Copies; i++)
                await Deliver(EventOf(job));
    }

    // A broker delivers again what was not acknowledged.
    async Task Deliver(JobEvent answer)
    {
        try
        {
            await onEvent(answer);
        }
        catch (IOException)
        {
            await onEvent(answer);
            Lost.Enqueue(answer.JobId);
        }
    }

    /// <summary>Delivers the kept answers, like a worker that finishes its calls.</summary>
    public async ValueTask DisposeAsync()
    {
        while (kept.TryDequeue(out var job))
            await onEvent(EventOf(job));
    }

    static JobEvent EventOf(JobRequest job)
    {
        var hasFailed = job is MessageModel { Model: "bad" } || job is CallApi { Body: { } body }
            && body.TryGetProperty("model", out var model) && model.ToString() == "bad";
        object ending = hasFailed
            ? new OperationFailed
            {
                JobId = job.JobId!,
                Operation = "message-model",
                Code = FailureCodes.InvalidRequest,
                Status = 400,
                RequestId = "req_1",
                Error = new() { Message = "no", Type = "t", Param = "p", Code = "c" }
            }
            : job is CallApi
            ? new ApiCalled
            {
                JobId = job.JobId!,
                Operation = "call-api",
                Status = 200,
                RequestId = "req_1",
                Body = JsonElement.Parse("""{"id":"resp_1"}""")
            }
            : new ModelMessaged
            {
                JobId = job.JobId!,
                Operation = "message-model",
                Text = $"yes{(job as MessageModel)?.Messages?[0].Text}",
                Usage = new() { InputTokens = 10, OutputTokens = 5 },
                Cost = new() { Amount = 0.001m, Currency = "USD" },
                RequestId = "req_1",
                Raw = JsonElement.Parse("""{"id":"resp_1"}""")
            };
        return new(job.JobId!, hasFailed ? Endings.Failed : Endings.Completed,
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(ending, ending.GetType(), ContractJson.Default)));
    }
}
