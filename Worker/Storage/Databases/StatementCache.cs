using System.Data.Common;

namespace OpenAIWorker.Storage.Databases;

/// <summary>Statements that one connection has prepared and will run again.</summary>
sealed class StatementCache
{
    // A repeated set of statements is never larger.
    const int Most = 64;

    readonly Dictionary<string, DbCommand> commands = [];

    /// <summary>The prepared statement with these values. The cache still owns it.</summary>
    public DbCommand Get(string sql, (string Name, object? Value)[] parameters, Func<DbCommand> make)
    {
        if (commands.TryGetValue(sql, out var known) && Fits(known, parameters))
        {
            for (var at = 0; at < parameters.Length; at++)
                known.Parameters[at].Value = parameters[at].Value ?? DBNull.Value;
            return known;
        }
        if (commands.Count >= Most)
            Clear();
        known?.Dispose();
        return commands[sql] = make();
    }

    public void Clear()
    {
        foreach (var command in commands.Values)
            command.Dispose();
        commands.Clear();
    }

    static bool Fits(DbCommand command, (string Name, object? Value)[] parameters) =>
        command.Parameters.Count == parameters.Length
        && parameters.Index().All(pair => command.Parameters[pair.Index].ParameterName == pair.Item.Name);
}
