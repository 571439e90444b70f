using System.Globalization;
using Npgsql;
using OpenAIWorker.Json;

namespace OpenAIWorker.Storage.Databases;

/// <summary>libpq's keywords and their names in Npgsql. Any other keyword is tried as one of Npgsql's own.</summary>
static class PostgresKeywords
{
    // Ignored, because they do not matter to a worker, or Npgsql decides them.
    static readonly string[] Ignored = ["sslcompression", "sslsni", "keepalives_count", "tcp_user_timeout",
        "fallback_application_name", "client_encoding", "sslcrldir", "gsslib", "replication"];

    static readonly string[] Modes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];
    static readonly string[] Bindings = ["disable", "prefer", "require"];
    static readonly string[] Roles = ["any", "read-write", "read-only", "primary", "standby", "prefer-standby"];

    public static NpgsqlConnectionStringBuilder Read(IEnumerable<(string Key, string Value)> parts)
    {
        var (pairs, hosts, ports) = (new NpgsqlConnectionStringBuilder(), "", "");
        foreach (var (key, value) in parts)
        {
            if (key.Equals("host", StringComparison.OrdinalIgnoreCase))
                hosts = value;
            else if (key.Equals("port", StringComparison.OrdinalIgnoreCase))
                ports = value;
            else if (value.Length > 0)
                Set(pairs, key, value);
        }
        Place(pairs, hosts, ports);
        return pairs;
    }

    static void Set(NpgsqlConnectionStringBuilder pairs, string key, string value)
    {
        switch (key.ToLowerInvariant())
        {
            case "dbname": pairs.Database = value; break;
            case "user": pairs.Username = value; break;
            case "connect_timeout": pairs.Timeout = Number(key, value, 0, 1024); break;
            case "application_name": pairs.ApplicationName = value; break;
            case "sslmode": pairs.SslMode = (SslMode)OneOf(key, value, Modes); break;
            // libpq's word for the machine's certificates, which Npgsql uses anyway.
            case "sslrootcert": pairs.RootCertificate = value == "system" ? null : value; break;
            case "sslcert": pairs.SslCertificate = value; break;
            case "sslkey": pairs.SslKey = value; break;
            case "sslpassword": pairs.SslPassword = value; break;
            case "sslnegotiation": pairs["SSL Negotiation"] = Known(key, value, "postgres", "direct"); break;
            case "channel_binding": pairs.ChannelBinding = (ChannelBinding)OneOf(key, value, Bindings); break;
            case "target_session_attrs": pairs.TargetSessionAttributes = Known(key, value, Roles); break;
            case "load_balance_hosts":
                pairs.LoadBalanceHosts = Known(key, value, "disable",
                "random") == "random"; break;
            case "keepalives": pairs.TcpKeepAlive = Number(key, value, 0, 1) == 1; break;
            case "keepalives_idle": pairs.TcpKeepAliveTime = Number(key, value, 0, int.MaxValue); break;
            case "keepalives_interval": pairs.TcpKeepAliveInterval = Number(key, value, 0, int.MaxValue); break;
            case "krbsrvname": pairs.KerberosServiceName = value; break;
            case "gssencmode": SetOwn(pairs, "GSS Encryption Mode", value); break;
            case "require_auth": SetOwn(pairs, "Require Auth", value); break;
            case "hostaddr":
                throw new UnfitAddressException(
                "It has hostaddr, which this client does not know. Give the address as host.");
            case var other when Ignored.Contains(other): break;
            default: SetOwn(pairs, key, value); break;
        }
    }

    static void SetOwn(NpgsqlConnectionStringBuilder pairs, string key, string value)
    {
        try
        {
            pairs[key] = value;
        }
        catch (Exception unfit) when (unfit is ArgumentException or FormatException or InvalidCastException
            or NotSupportedException or OverflowException)
        {
            throw new UnfitAddressException(pairs.ContainsKey(key)
                ? $"Its {key} has a value that is not allowed."
                : $"It has {Excerpt.Marked(key, 40)}, which is not a keyword. Known are those of PostgreSQL's clients, "
                    + "such as host, port, dbname, user, password, sslmode and sslrootcert, and Npgsql's.", unfit);
        }
    }

    // Each host may have its own port; a single port is for all. A socket's folder is a host that begins with a slash.
    static void Place(NpgsqlConnectionStringBuilder pairs, string hosts, string ports)
    {
        // Npgsql has other keywords for a host, too.
        var (names, numbers) = ((hosts.Length > 0 ? hosts : pairs.Host ?? "").Split(','), ports.Split(','));
        if (numbers.Length > 1 && numbers.Length != names.Length)
            throw new UnfitAddressException(
                $"It has {names.Length} hosts and {numbers.Length} ports. Give one port for all, or one for each.");
        foreach (var number in numbers.Where(number => number.Length > 0))
            Number("port", number, 1, 65535);
        if (numbers is [{ Length: > 0 } only])
            pairs.Port = int.Parse(only, CultureInfo.InvariantCulture);
        pairs.Host = numbers.Length == 1
            ? string.Join(',', names)
            : string.Join(',', names.Zip(numbers, (name, number) => number.Length == 0 ? name : $"{name}:{number}"));
        // The worker writes: of several hosts it needs the one that accepts writes.
        if (names.Length > 1 && pairs.TargetSessionAttributes is null)
            pairs.TargetSessionAttributes = "read-write";
    }

    static int OneOf(string key, string value, params string[] allowed)
    {
        Known(key, value, allowed);
        return Array.FindIndex(allowed, one => IsSame(one, value));
    }

    // Npgsql has the same words without the dash.
    static bool IsSame(string word, string given) =>
        word.Replace("-", "", StringComparison.Ordinal)
            .Equals(given.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    static string Known(string key, string value, params string[] allowed) => allowed.Any(word => IsSame(word, value))
        ? value
        : throw new UnfitAddressException(
            $"Its {key} is '{Excerpt.Marked(value, 40)}'; allowed: {string.Join(", ", allowed)}.");

    static int Number(string key, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most
            ? number
            : throw new UnfitAddressException(
                $"Its {key} is '{Excerpt.Marked(value, 40)}'; allowed: {least} to {most}.");
}
