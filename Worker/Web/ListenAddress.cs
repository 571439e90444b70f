using System.Net;

namespace OpenAIWorker.Web;

/// <summary>The addresses on which the web listens.</summary>
static class ListenAddress
{
    public const string All = "*";

    public static IPAddress Of(WebOptions options) => options.Address switch
    {
        All => IPAddress.IPv6Any,
        { Length: > 0 } given when IPAddress.TryParse(given, out var address) => address,
        _ => options.Tokens.Count == 0 ? IPAddress.Loopback : IPAddress.IPv6Any,
    };
}
