using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Storage;

public sealed class PostgresSpecs(PostgresServer server) : StoreContract, IAsyncLifetime
{
    string address = "";
    Database? database;

    internal override Database Database => database!;

    public async ValueTask InitializeAsync()
    {
        address = await server.NewDatabase();
        database = Again();
    }

    internal override Database Again() =>
        new PostgresDatabase(Options.Create(new StorageOptions { ConnectionString = address }), StoreStatesOf.Test(),
            TimeProvider.System);

    [Fact]
    public async Task Workers_share_assistants()
    {
        string[] settings = ["--Storage:Kind=PostgreSQL", $"--Storage:ConnectionString={address}",
            "--Storage:Replicas=2"];
        await using var one = await EmbeddedWorker.Start(settings);
        await using var other = await EmbeddedWorker.Start(settings);

        await one.Answer(new CreateAssistant { Model = "m", Name = "Ada" });

        Assert.Equal("Ada", Assert.Single((await other.Answer(new ListAssistants())).Assistants!).Name);
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
            await database.DisposeAsync();
    }
}
