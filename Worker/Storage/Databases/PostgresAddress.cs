using Npgsql;

namespace OpenAIWorker.Storage.Databases;

/// <summary>
/// Reads a server's address: the <c>postgresql://</c> address and the <c>keyword=value</c> pairs of every other client,
/// or Npgsql's own pairs. https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
/// </summary>
static class PostgresAddress
{
    static readonly string[] Schemes = ["postgresql://", "postgres://"];

    /// <summary>The address in Npgsql's form.</summary>
    /// <exception cref="UnfitAddressException">A part of it is wrong, or unknown to every client.</exception>
    public static string Read(string given)
    {
        var text = given.Trim();
        var scheme = Array.Find(Schemes, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
        // Npgsql's pairs are separated by semicolons, and have blanks in their keywords.
        var parts = scheme is not null ? PostgresUri.Parts(text[scheme.Length..]) : PostgresPairs.Parts(text,
            text.Contains(';') || text.Count(character => character == '=') == 1 ? ';' : ' ');
        var pairs = PostgresKeywords.Read(parts);
        return pairs.Host is { Length: > 0 }
            ? pairs.ConnectionString
            : throw new UnfitAddressException("It names no host.");
    }

    /// <summary>What is wrong with it, in a sentence; null if nothing is.</summary>
    public static string? Problem(string given)
    {
        try
        {
            Read(given);
            return null;
        }
        catch (UnfitAddressException unfit)
        {
            return unfit.Message;
        }
    }
}

/// <summary>Names the wrong part of an address, but never a password.</summary>
sealed class UnfitAddressException(string says, Exception? inner = null) : Exception(says, inner);
