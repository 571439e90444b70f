using OpenAIWorker.Contracts;

namespace OpenAIWorker.Jobs;

/// <summary>
/// One operation: checks the request, calls the provider, makes the result. It uses no broker, logs nothing and catches
/// nothing: errors are thrown as a <see cref="Jobs.FailureException"/>.
/// </summary>
interface IOperation<in TRequest, TResult>
    where TRequest : JobRequest
    where TResult : OperationResult
{
    Task<TResult> Run(TRequest request, CancellationToken cancellation);

    /// <summary>
    /// The next step of a job that was suspended by a <see cref="SuspendedException"/>. Most operations have one step.
    /// </summary>
    Task<TResult> Resume(TRequest request, JobState state, CancellationToken cancellation) =>
        Run(request, cancellation);

    /// <summary>
    /// The job is given up between two steps: the provider's running work for it is no longer needed.
    /// </summary>
    Task Abandon(TRequest request, JobState state, CancellationToken cancellation) => Task.CompletedTask;
}
