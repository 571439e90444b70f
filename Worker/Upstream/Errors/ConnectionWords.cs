using System.Net.Sockets;
using System.Security.Authentication;

namespace OpenAIWorker.Upstream.Errors;

/// <summary>
/// Explains why a connection failed, in our own words: .NET's may contain addresses and files, and change with its
/// version.
/// </summary>
static class ConnectionWords
{
    public static string Of(Exception broken) =>
        Chain(broken).Select(One).FirstOrDefault(words => words is not null) ?? "the connection broke";

    static string? One(Exception broken) => broken switch
    {
        HttpRequestException when ProxyRefusal.Is(broken) => ProxyRefusal.Words(broken),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            "its host name is unknown",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "the connection was refused",
        SocketException { SocketErrorCode: SocketError.TimedOut } => "nothing answered in time",
        SocketException
        {
            SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable
            or SocketError.NetworkDown
        } => "there is no route to its host",
        SocketException
        {
            SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted
            or SocketError.Shutdown
        } => "the connection was cut",
        AuthenticationException => "its certificate was not accepted, or no common TLS version was found",
        TimeoutException or TaskCanceledException { InnerException: TimeoutException } => "nothing answered in time",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
            or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } =>
                "it disconnected before its answer was complete",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
            or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } => "its answer is not HTTP",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            "the headers of its answer are longer than 64 KB",
        InvalidDataException => "its answer cannot be decompressed",
        _ => null,
    };

    static IEnumerable<Exception> Chain(Exception? broken)
    {
        for (; broken is not null; broken = broken is AggregateException { InnerExceptions: [var first, ..] }
            ? first
            : broken.InnerException)
            yield return broken;
    }
}
