using System.Collections.Concurrent;
using Npgsql;

namespace OpenAIWorker.Storage.Databases;

/// <summary>
/// Connections that write the same few statements again and again. Each reads and plans them once. A connection with a
/// fault is closed: what it has prepared is not certain.
/// </summary>
/// <param name="address">The server.</param>
/// <param name="clock">The clock.</param>
sealed class PostgresWriters(string address, TimeProvider clock) : IDisposable
{
    // A line of changes has few kinds of statements.
    const int MostPrepared = 32;

    // A network may silently drop a connection that is idle for longer.
    static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    readonly NpgsqlDataSource source = NpgsqlDataSource.Create(Prepared(address));
    readonly ConcurrentBag<(NpgsqlConnection Open, long Since)> idle = [];
    volatile bool isClosed;

    public T Use<T>(Func<NpgsqlConnection, T> use)
    {
        var connection = Idle() ?? Open();
        try
        {
            var result = use(connection);
            idle.Add((connection, clock.GetTimestamp()));
            if (isClosed)
                Close();
            return result;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        isClosed = true;
        Close();
        source.Dispose();
    }

    NpgsqlConnection Open()
    {
        var connection = source.OpenConnection();
        BlockingSocket.Of(connection);
        return connection;
    }

    NpgsqlConnection? Idle()
    {
        while (idle.TryTake(out var one))
        {
            if (clock.GetElapsedTime(one.Since) < Rest)
                return one.Open;
            one.Open.Dispose();
        }
        return null;
    }

    void Close()
    {
        while (idle.TryTake(out var one))
            one.Open.Dispose();
    }

    static string Prepared(string address)
    {
        var pairs = new NpgsqlConnectionStringBuilder(PostgresAddress.Read(address)) { Pooling = false };
        if (!pairs.ShouldSerialize("Max Auto Prepare"))
            (pairs.MaxAutoPrepare, pairs.AutoPrepareMinUsages) = (MostPrepared, 2);
        return pairs.ConnectionString;
    }
}
