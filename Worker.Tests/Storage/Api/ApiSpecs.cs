namespace OpenAIWorker.Tests.Storage.Api;

public sealed class SqliteApiSpecs : ApiContract
{
    private protected override ITestDatabase Make() => new SqliteFile();
}

public sealed class PostgresApiSpecs(PostgresServer server) : ApiContract
{
    private protected override ITestDatabase Make() => new PostgresTestDatabase(server);
}
