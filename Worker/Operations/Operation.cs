using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;

namespace OpenAIWorker.Operations;

/// <summary>An entry of the <see cref="OperationCatalog"/>.</summary>
abstract class Operation(string name, Type request, Type result, Func<ContractJson, JsonTypeInfo> json)
{
    /// <summary>Such as <c>message-model</c>.</summary>
    public string Name => name;

    public Type Request => request;

    public Type Result => result;

    /// <summary>How the request is read from JSON. Made when it is first needed.</summary>
    public JsonTypeInfo Json => json(ContractJson.Default);

    /// <summary>The model that a request of this operation names.</summary>
    public abstract string? ModelOf(JobRequest request);

    public static Operation Of<TOperation, TRequest, TResult>(string name,
        Func<ContractJson, JsonTypeInfo<TRequest>> json, Func<TRequest, string?> model)
        where TOperation : class, IOperation<TRequest, TResult>
        where TRequest : JobRequest
        where TResult : OperationResult => new Line<TOperation, TRequest, TResult>(name, json, model);

    public abstract void Register(IServiceCollection services);

    /// <summary>
    /// Passes the three types to a caller that needs them at compile time, such as a consumer's registration.
    /// </summary>
    public abstract T Accept<T>(IOperationVisitor<T> visitor);

    sealed class Line<TOperation, TRequest, TResult>(
        string name, Func<ContractJson, JsonTypeInfo<TRequest>> json, Func<TRequest, string?> model)
        : Operation(name, typeof(TRequest), typeof(TResult), json)
        where TOperation : class, IOperation<TRequest, TResult>
        where TRequest : JobRequest
        where TResult : OperationResult
    {
        public override string? ModelOf(JobRequest request) => model((TRequest)request);

        public override void Register(IServiceCollection services) =>
            services.AddSingleton<IOperation<TRequest, TResult>, TOperation>();

        public override T Accept<T>(IOperationVisitor<T> visitor) => visitor.Visit<TRequest, TResult>(this);
    }
}

/// <summary>A caller that needs an operation's types at compile time.</summary>
interface IOperationVisitor<out T>
{
    T Visit<TRequest, TResult>(Operation operation)
        where TRequest : JobRequest
        where TResult : OperationResult;
}
