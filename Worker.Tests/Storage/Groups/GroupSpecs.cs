namespace OpenAIWorker.Tests.Storage.Groups;

public sealed class SqliteGroupSpecs : GroupContract
{
    private protected override ITestDatabase Make() => new SqliteFile();
}

public sealed class PostgresGroupSpecs(PostgresServer server) : GroupContract
{
    private protected override ITestDatabase Make() => new PostgresTestDatabase(server);
}
