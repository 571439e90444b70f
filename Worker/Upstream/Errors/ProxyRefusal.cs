using System.Globalization;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>A proxy that does not connect the worker to the requested host.</summary>
static class ProxyRefusal
{
    /// <summary>Whether a connection failed because of it.</summary>
    public static bool Is(Exception broken) => Find(broken) is not null;

    /// <summary>Whether the proxy will refuse again: it does not allow this host, or this caller.</summary>
    public static bool IsCertain(Exception broken) => StatusOf(broken) is >= 400 and < 500 and not (408 or 429);

    /// <summary>The reason in words.</summary>
    public static string Words(Exception broken) => StatusOf(broken) switch
    {
        407 => "the proxy requires a login (407): give a user and password in HTTPS_PROXY",
        { } status => $"the proxy refused the connection ({status})",
        null => "the proxy refused the connection",
    };

    // .NET has the status only in its message, as the last text in quotes.
    static int? StatusOf(Exception broken) => Find(broken)?.Message.Split('\'') is [.., var last, _]
        && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        && status is >= 100 and <= 599
            ? status
            : null;

    static HttpRequestException? Find(Exception? broken)
    {
        for (; broken is not null; broken = broken is AggregateException { InnerExceptions: [var first, ..] }
            ? first
            : broken.InnerException)
        {
            if (broken is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } refused)
                return refused;
        }
        return null;
    }
}
