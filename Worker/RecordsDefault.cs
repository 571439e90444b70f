using Microsoft.Extensions.Configuration;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker;

/// <summary>
/// The value of <c>Records:Keep</c> if none is given. Records need a database that this worker may write to and that
/// workers of other brokers do not share. So they are on if an operator has chosen one, or has turned on the web, which
/// shows them.
/// </summary>
static class RecordsDefault
{
    public const string Setting = "Records:Keep";

    static readonly IReadOnlyList<string> Choices =
        ["Storage:Kind", "Storage:Path", "Storage:ConnectionString", "Web:Port"];

    public static void Add(ConfigurationManager configuration)
    {
        if (configuration[Setting] is not null)
            return;
        var keep = Choices.Any(choice => !string.IsNullOrWhiteSpace(configuration[choice]))
            ? RecordsKeep.Endings
            : RecordsKeep.Nothing;
        configuration.AddInMemoryCollection([new(Setting, $"{keep}")]);
    }
}
