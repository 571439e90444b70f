using MassTransit;
using Microsoft.Extensions.Time.Testing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Consuming;
using OpenAIWorker.Delivery.Messages;

namespace OpenAIWorker.Tests.Delivery.Consuming;

public sealed class RunningCallsSpecs
{
    static readonly Outcome Any = new(null, null, [], default, default);

    [Fact]
    public async Task A_job_that_comes_back_joins_its_call()
    {
        using var calls = new RunningCalls(new FakeTimeProvider());
        var (first, started) = (new TaskCompletionSource<Outcome>(), 0);

        var run = calls.Join(Of("mine"), _ => first.Task);
        var again = calls.Join(Of("mine"), _ => { started++; return first.Task; });

        Assert.Same(run, again);
        Assert.Equal(0, started);
        first.SetResult(Any);
        Assert.Same(Any, await again);
    }

    [Fact]
    public async Task A_job_with_the_id_of_another_gets_its_own_answer()
    {
        using var calls = new RunningCalls(new FakeTimeProvider());
        var secret = new TaskCompletionSource<Outcome>();
        _ = calls.Join(Of("mine"), _ => secret.Task);

        var (his, own) = (Of("his"), Any with { });
        Assert.False(calls.Has(his));
        Assert.Same(own, await calls.Join(his, _ => Task.FromResult(own)));

        calls.Forget(his);
        Assert.True(calls.Has(Of("mine")));
    }

    static Job Of(string body) =>
        new("job-1", "message-model", new MessageModel { Model = "m" }, 1, 0,
            default)
        { Body = new StringMessageBody(body) };
}
