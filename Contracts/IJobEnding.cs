namespace OpenAIWorker.Contracts;

/// <summary>
/// How a job ended: its result, or <see cref="OperationFailed"/>. Every job ends once; the ending may arrive more than
/// once, then with the same message id. Subscribe to this interface to see the endings of all operations.
/// </summary>
public interface IJobEnding
{
    /// <summary>The job, as its request named it.</summary>
    string JobId { get; }

    /// <summary>The operation, such as <c>message-model</c>.</summary>
    string Operation { get; }

    /// <summary><c>completed</c> or <c>failed</c>.</summary>
    string Ending { get; }

    /// <summary>Attempts at the job, the last one included; waiting for a rate limit uses none.</summary>
    int Attempts { get; }

    /// <summary>The pairs of the request, untouched.</summary>
    IReadOnlyDictionary<string, string>? Metadata { get; }
}
