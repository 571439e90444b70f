namespace OpenAIWorker.Tests.Storage.Counts;

public sealed class SqliteCountSpecs : CountContract
{
    private protected override ITestDatabase Make() => new SqliteFile();
}

public sealed class PostgresCountSpecs(PostgresServer server) : CountContract
{
    private protected override ITestDatabase Make() => new PostgresTestDatabase(server);
}
