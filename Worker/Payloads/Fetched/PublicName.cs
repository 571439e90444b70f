using System.Net;

namespace OpenAIWorker.Payloads.Fetched;

/// <summary>
/// Whether a host's name may be public, for hosts that a proxy resolves. It does not check the address of the name.
/// https://www.iana.org/assignments/special-use-domain-names, and suffixes that private networks use.
/// </summary>
static class PublicName
{
    static readonly string[] PrivateEndings =
    [
        "localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan", "home.arpa",
        "svc", "test", "invalid", "onion", "alt",
    ];

    /// <param name="host">In the form of <see cref="Uri.IdnHost"/>, which normalises other spellings of an
    /// address.</param>
    public static bool Is(string host)
    {
        var name = host.Trim('[', ']').TrimEnd('.');
        if (IPAddress.TryParse(name, out var address))
            return PublicAddress.Is(address);
        return name.Contains('.', StringComparison.Ordinal)
            && !Array.Exists(PrivateEndings, ending => IsBelow(name, ending));
    }

    static bool IsBelow(string name, string ending) =>
        name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
            && (name.Length == ending.Length || name[^(ending.Length + 1)] == '.');
}
