using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Storage.Databases;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Storage.Databases;

/// <summary>An operator drops tables, deletes the file or puts a backup in its place, while a worker runs.</summary>
public sealed class LostTablesSpecs(PostgresServer server)
{
    const string Count = "SELECT COUNT(*) FROM job_records";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tables_that_were_dropped_in_PostgreSQL_are_made_again()
    {
        await using var own = new PostgresTestDatabase(server);
        await own.Open();

        await AreMadeAgain(own.Database, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }

    [Fact]
    public async Task Tables_that_were_dropped_in_SQLite_are_made_again()
    {
        await using var file = new SqliteFile();
        await file.Database.Prepare(Cancellation);
        var names = await file.Database.Read(session => session.Rows(
            "SELECT type || ' ' || name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY type DESC",
            row => row.GetString(0)), Cancellation);

        await AreMadeAgain(file.Database,
            $"PRAGMA foreign_keys = OFF; {string.Concat(names.Select(name => $"DROP {name};"))}");
    }

    [Fact]
    public async Task A_file_that_was_replaced_gets_nothing_until_the_worker_starts_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not tell it, or do not let it happen.");
        await using var file = new SqliteFile();
        Assert.Equal(0, await CountIn(file.Database));

        File.Move(file.Path, file.Path + ".away");
        var deleted = await Refused(file.Database);
        await File.WriteAllTextAsync(file.Path, "a backup", Cancellation);
        var replaced = await Refused(file.Database);
        File.Move(file.Path + ".away", file.Path, overwrite: true);

        Assert.Contains("its file was deleted or replaced", deleted, StringComparison.Ordinal);
        Assert.Contains("its file was deleted or replaced", replaced, StringComparison.Ordinal);
        Assert.Equal(0, await CountIn(file.Database));
    }

    static async Task AreMadeAgain(Database database, string drop)
    {
        Assert.Equal(0, await CountIn(database));
        await Drop(database, drop);

        var away = await Assert.ThrowsAsync<FailureException>(() => CountIn(database));

        Assert.Equal(FailureCodes.StoreUnavailable, away.Failure.Code);
        await Eventually.Is(() => IsThere(database));
    }

    static async Task<bool> IsThere(Database database)
    {
        try
        {
            return await CountIn(database) == 0;
        }
        catch (FailureException)
        {
            return false;
        }
    }

    static Task<long> CountIn(Database database) => database.Read(session => session.Number(Count), Cancellation);

    static Task<int> Drop(Database database, string sql) => database.Read(session => session.Run(sql), Cancellation);

    // It looks once a second.
    static async Task<string> Refused(Database database)
    {
        while (true)
            try
            {
                await CountIn(database);
                await Task.Delay(TimeSpan.FromMilliseconds(100), Cancellation);
            }
            catch (FailureException refused)
            {
                Assert.Equal(FailureCodes.StoreRefused, refused.Failure.Code);
                return refused.Failure.Message;
            }
    }
}
