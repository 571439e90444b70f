using OpenAIWorker.Contracts;

namespace OpenAIWorker.Operations;

/// <summary>
/// One operation: check the request, call the provider, shape the result. It knows no broker, logs nothing and catches nothing:
/// what goes wrong is thrown as a <see cref="Upstream.FailureException"/>.
/// </summary>
interface IOperation<in TRequest, TResult>
    where TRequest : JobRequest
    where TResult : OperationResult
{
    Task<TResult> Run(TRequest request, CancellationToken cancellation);
}
