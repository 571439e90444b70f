namespace OpenAIWorker.Tests.Storage;

public sealed class SqliteSpecs : StoreContract
{
    readonly SqliteFile file = new();

    private protected override ITestDatabase Make() => file;

    [Fact]
    public async Task Nothing_is_made_before_it_is_needed()
    {
        Assert.False(File.Exists(file.Path));

        await Database.Prepare(TestContext.Current.CancellationToken);

        Assert.True(File.Exists(file.Path));
    }

    [Fact]
    public async Task Only_the_workers_user_may_read_it()
    {
        await Database.Prepare(TestContext.Current.CancellationToken);
        await Database.Write(session => session.Run("INSERT INTO schema_steps (taken) VALUES (0)"),
            TestContext.Current.CancellationToken);

        Assert.All([file.Path, file.Path + "-wal", file.Path + "-shm"], path =>
            Assert.Equal(OperatingSystem.IsWindows() ? default : UnixFileMode.UserRead | UnixFileMode.UserWrite,
                OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path)));
    }

    [Fact]
    public async Task Readers_go_on_while_one_writes()
    {
        await Database.Write(async session =>
        {
            await session.Run("INSERT INTO schema_steps (taken) VALUES (0)");
            return await Database.Read(reader => reader.Number("SELECT COUNT(*) FROM schema_steps"),
                TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);

        Assert.Equal("wal", (await Database.Read(session => session.Row("PRAGMA journal_mode", row => row.GetString(0)),
            TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task One_that_is_closed_holds_its_file_no_longer()
    {
        var database = file.Again();
        await database.Prepare(TestContext.Current.CancellationToken);
        await database.Read(session => session.Number("SELECT COUNT(*) FROM schema_steps"),
            TestContext.Current.CancellationToken);
        Assert.Contains(Open(), name => name.StartsWith(file.Path, StringComparison.Ordinal));

        await database.DisposeAsync();

        Assert.DoesNotContain(Open(), name => name.StartsWith(file.Path, StringComparison.Ordinal));
    }

    static List<string> Open() => [.. Directory.GetFiles("/proc/self/fd")
        .Select(name => new FileInfo(name).LinkTarget).OfType<string>()];
}
