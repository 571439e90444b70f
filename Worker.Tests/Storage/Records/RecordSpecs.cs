namespace OpenAIWorker.Tests.Storage.Records;

public sealed class SqliteRecordSpecs : RecordContract
{
    private protected override ITestDatabase Make() => new SqliteFile();
}

public sealed class PostgresRecordSpecs(PostgresServer server) : RecordContract
{
    private protected override ITestDatabase Make() => new PostgresTestDatabase(server);
}
