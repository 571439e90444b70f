using Npgsql;

namespace OpenAIWorker.Assistants;

/// <summary>How a server is named: Npgsql's pairs, or the <c>postgresql://</c> address of every other client.</summary>
static class PostgresAddress
{
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static string Read(string given) =>
        Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "postgresql" or "postgres"
            ? OfAddress(address).ConnectionString
            : new NpgsqlConnectionStringBuilder(given) is { Host.Length: > 0 } pairs ? pairs.ConnectionString : throw new ArgumentException("It names no host.");

    public static bool CanRead(string given)
    {
        try
        {
            return Read(given).Length > 0;
        }
        catch (Exception unfit) when (unfit is ArgumentException or FormatException)
        {
            return false;
        }
    }

    static NpgsqlConnectionStringBuilder OfAddress(Uri address)
    {
        var user = address.UserInfo.Split(':', 2);
        var pairs = new NpgsqlConnectionStringBuilder { Host = address.Host, Username = Uri.UnescapeDataString(user[0]) };
        if (address.Port > 0)
            pairs.Port = address.Port;
        if (address.AbsolutePath.Trim('/') is { Length: > 0 } database)
            pairs.Database = Uri.UnescapeDataString(database);
        if (user.Length > 1)
            pairs.Password = Uri.UnescapeDataString(user[1]);
        foreach (var parameter in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            pairs[parameter.Split('=')[0] is "sslmode" ? "SSL Mode" : parameter.Split('=')[0]] = Uri.UnescapeDataString(parameter[(parameter.IndexOf('=') + 1)..]);
        return pairs;
    }
}
