using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Tests.Storage.Records;

public sealed class SqliteRecordSpecs : RecordContract, IAsyncDisposable
{
    readonly SqliteFile file = new();

    internal override Database Database => file.Database;

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
