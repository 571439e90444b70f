using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Contracts;

/// <summary>
/// A message in a file with its name: <c>message-model.full.request.json</c>, <c>operation-failed.json</c>.
/// </summary>
sealed record Example(string File)
{
    const string Folder = "ops/samples/examples";

    public static IReadOnlyList<Example> All { get; } =
        [.. Repository.Files(Folder, "*.json").Select(path => new Example(Path.GetFileName(path)))];

    public string Json => Repository.Read($"{Folder}/{File}");

    public Type Type => File.Split('.') switch
    {
        [var operation, .., "request", "json"] => OperationCatalog.Named(operation)!.Request,
        [var operation, .., "result", "json"] => OperationCatalog.Named(operation)!.Result,
        [var message, "json"] =>
            ContractTypes.Named(string.Concat(
                message.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))),
        _ => throw new NotSupportedException($"{File} is named after no message."),
    };
}
