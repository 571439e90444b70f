using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Tests.Storage;

/// <summary>Tests that every database must pass. Each begins with an empty one.</summary>
public abstract class DatabaseContract : IAsyncLifetime
{
    ITestDatabase? made;

    /// <summary>Empty at first, and the same for the whole test.</summary>
    internal Database Database => made!.Database;

    /// <summary>The same data, opened like another worker.</summary>
    internal Database Again() => made!.Again();

    private protected abstract ITestDatabase Make();

    public async ValueTask InitializeAsync() => await (made = Make()).Open();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (made is not null)
            await made.DisposeAsync();
    }
}

/// <summary>A test's own database.</summary>
interface ITestDatabase : IAsyncDisposable
{
    Database Database { get; }

    ValueTask Open();

    /// <summary>The same data, opened like another worker.</summary>
    Database Again();
}
