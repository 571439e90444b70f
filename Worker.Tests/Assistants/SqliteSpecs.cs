using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using OpenAIWorker.Assistants;
using OpenAIWorker.Tests.Storage;

namespace OpenAIWorker.Tests.Assistants;

public sealed class SqliteSpecs : StoreContract, IAsyncDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("openai-worker-sqlite-");
    readonly SqliteDatabase database;

    public SqliteSpecs() => database = (SqliteDatabase)Again();

    internal override Database Database => database;

    string File => Path.Combine(folder.FullName, "below", "assistants.db");

    internal override Database Again() => new SqliteDatabase(Options.Create(new AssistantsOptions { Path = File }), StoreStatesOf.Test(), TimeProvider.System);

    [Fact]
    public async Task Nothing_is_made_before_it_is_needed()
    {
        Assert.False(System.IO.File.Exists(File));

        await database.Prepare(TestContext.Current.CancellationToken);

        Assert.True(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task Readers_go_on_while_one_writes()
    {
        await database.Write(async session =>
        {
            await session.Run("INSERT INTO schema_steps (taken) VALUES (0)");
            return await database.Read(reader => reader.Number("SELECT COUNT(*) FROM schema_steps"), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);

        Assert.Equal("wal", (await database.Read(session => session.Row("PRAGMA journal_mode", row => row.GetString(0)), TestContext.Current.CancellationToken)));
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
