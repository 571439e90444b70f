namespace OpenAIWorker.Storage.Databases;

/// <summary>
/// <c>user:password@host:5432,other:5433/database?sslmode=verify-full</c>, without its scheme. Any part may be missing.
/// </summary>
static class PostgresUri
{
    public static IEnumerable<(string Key, string Value)> Parts(string address)
    {
        var (place, query) = Halves(address, '?');
        // A password may contain a slash or an @, although they should be escaped there.
        var at = place.LastIndexOf('@');
        var (hosts, database) = Halves(place[(at + 1)..], '/');
        if (at >= 0)
        {
            var (user, password) = Halves(place[..at], ':');
            yield return ("user", Plain("user", user));
            if (password.Length > 0)
                yield return ("password", Plain("password", password));
        }
        foreach (var part in Hosts(hosts))
            yield return part;
        if (database.Length > 0)
            yield return ("dbname", Plain("dbname", database));
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = Halves(parameter, '=');
            yield return (Plain("parameter", key), Plain(key, value));
        }
    }

    static IEnumerable<(string, string)> Hosts(string hosts)
    {
        if (hosts.Length == 0)
            yield break;
        var each = hosts.Split(',').Select(HostAndPort).ToList();
        yield return ("host", string.Join(',', each.Select(one => one.Host)));
        if (each.Exists(one => one.Port.Length > 0))
            yield return ("port", string.Join(',', each.Select(one => one.Port)));
    }

    // An IPv6 address is in brackets; a socket's folder is escaped.
    static (string Host, string Port) HostAndPort(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']') is > 0 and var end)
            return (text[1..end], text[(end + 1)..].TrimStart(':'));
        var (host, port) = Halves(text, ':');
        return (Plain("host", host), port);
    }

    static (string First, string Second) Halves(string text, char between) =>
        text.IndexOf(between) is >= 0 and var index ? (text[..index], text[(index + 1)..]) : (text, "");

    static string Plain(string part, string escaped)
    {
        for (var index = escaped.IndexOf('%'); index >= 0; index = escaped.IndexOf('%', index + 1))
            if (index + 2 >= escaped.Length || !char.IsAsciiHexDigit(escaped[index + 1])
                || !char.IsAsciiHexDigit(escaped[index + 2]))
                throw new UnfitAddressException(
                    $"Its {part} has a % that does not begin an escape. Write %25 for a %.");
        return Uri.UnescapeDataString(escaped);
    }
}
