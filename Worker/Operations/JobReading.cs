using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations;

/// <summary>
/// Reads a job's request from JSON, strictly. It is checked at once with the rules that would end the job later.
/// </summary>
static class JobReading
{
    const int LongestId = 256;

    /// <exception cref="FailureException">It does not fit the operation's contract.</exception>
    public static JobRequest Read(Operation operation, JsonElement json)
    {
        if (RepeatedMember.In(json, operation) is { } twice)
            throw new FailureException(twice);
        return RequestReading.Read(operation, json);
    }

    /// <exception cref="FailureException">It is not a valid job id.</exception>
    public static string Id(string id, string member = "jobId")
    {
        if (id.Contains('\0'))
            throw Wrong(member, $"{member} has the character NUL (\\0). Leave it out.");
        return id.Length switch
        {
            0 => throw Wrong(member, $"{member} is empty. Give the job an id, or leave it out."),
            > LongestId =>
                throw Wrong(member, $"{member} has {id.Length} characters; allowed: up to {LongestId}."),
            _ => id,
        };
    }

    /// <param name="name">The operation's name.</param>
    /// <param name="cure">What else could be done if it is missing.</param>
    /// <exception cref="FailureException">The operation does not exist.</exception>
    public static Operation OperationOf(string? name, string cure = "")
    {
        if (name is null)
            throw Wrong("operation", $"operation is missing. It is one of: {string.Join(", ", Operations)}.{cure}");
        return OperationCatalog.Named(name) ?? throw Wrong("operation", Unknown("operation", name));
    }

    /// <summary>Says that the operation does not exist, and names the one that may be meant.</summary>
    public static string Unknown(string member, string name) =>
        $"{member} is {ShownValue.Of(name)}"
            + (Spelling.Nearest(name, Operations) is { } meant
                ? $", but there is none with this name. Did you mean {meant}?"
                : $"; allowed: {string.Join(", ", Operations)}.");

    static IEnumerable<string> Operations => OperationCatalog.All.Select(operation => operation.Name);

    static FailureException Wrong(string member, string message) => new(Failure.Invalid(member, message));
}
