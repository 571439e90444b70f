using System.Net;
using Microsoft.Extensions.Options;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Payloads.Fetched;

/// <summary>
/// The routes of a download: direct, with a check of the connected address; or through the machine's proxy, which
/// resolves the name itself, so that only the name can be checked here.
/// </summary>
sealed class FetchRoutes : IDisposable
{
    readonly IWebProxy proxy;
    readonly PayloadsOptions options;
    readonly HttpMessageInvoker straight;
    readonly HttpMessageInvoker proxied;

    public FetchRoutes(IOptions<PayloadsOptions> options, IWebProxy proxy)
    {
        (this.options, this.proxy) = (options.Value, proxy);
        straight = new(Handler(handler =>
        {
            handler.UseProxy = false;
            handler.ConnectCallback = (context, cancellation) => PublicConnection.Open(
                context.DnsEndPoint.Host, context.DnsEndPoint.Port, this.options.Allows(context.DnsEndPoint.Host),
                cancellation);
        }));
        // It connects only to the proxy, which the operator has chosen.
        proxied = new(Handler(handler => handler.Proxy = proxy));
    }

    /// <summary>The answer, with only its headers read.</summary>
    /// <exception cref="NotPublicException">The address has a name that is not public. If the name resolves to such an
    /// address, the exception is inside an <see cref="HttpRequestException"/>.</exception>
    public Task<HttpResponseMessage> Get(Uri address, CancellationToken cancellation)
    {
        if (proxy.IsBypassed(address) || proxy.GetProxy(address) is null)
            return straight.SendAsync(new(HttpMethod.Get, address), cancellation);
        return options.Allows(address.IdnHost) || PublicName.Is(address.IdnHost)
            ? proxied.SendAsync(new(HttpMethod.Get, address), cancellation)
            : throw new NotPublicException();
    }

    public void Dispose()
    {
        straight.Dispose();
        proxied.Dispose();
    }

    static Unpacking Handler(Action<SocketsHttpHandler> route)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = TimeSpan.FromSeconds(10),
        };
        route(handler);
        // A host may compress its answer without being asked; a provider would take the compressed bytes for the sound
        // or image.
        return new(handler);
    }
}
