using MassTransit;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Samples;

/// <summary>Hears every answer, of whomever's jobs.</summary>
sealed class AnswerConsumer(OpenJobs jobs) : IConsumer<ModelMessaged>
{
    public Task Consume(ConsumeContext<ModelMessaged> context) => jobs.End(context.Message);
}

/// <summary>Hears every failure, of whatever operation.</summary>
sealed class FailureConsumer(OpenJobs jobs) : IConsumer<OperationFailed>
{
    public Task Consume(ConsumeContext<OperationFailed> context) => jobs.End(context.Message);
}
