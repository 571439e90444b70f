using System.Net;
using Microsoft.Extensions.Options;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Payloads.PayloadFailures;

namespace OpenAIWorker.Payloads;

/// <summary>Fetches what a sender points to, from public hosts by https, and from the hosts that a setting allows.</summary>
sealed class Fetching(IOptions<PayloadsOptions> options) : IDisposable
{
    readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        ConnectCallback = (context, cancellation) => PublicConnection.Open(
            context.DnsEndPoint.Host, context.DnsEndPoint.Port, options.Value.Allows(context.DnsEndPoint.Host), cancellation),
    });

    /// <summary>The answer's body, headers read and no more.</summary>
    public async Task<Payload> Open(string member, string url, CancellationToken cancellation)
    {
        var answer = await Follow(member, Checked(member, url, null), cancellation);
        var headers = answer.Content.Headers;
        var body = await answer.Content.ReadAsStreamAsync(cancellation);
        var content = new DownloadStream(body, answer, broken => Unreachable(member, broken.GetBaseException().Message, broken));
        return new(content, headers.ContentType?.MediaType ?? "", NameIn(answer), headers.ContentLength);
    }

    public void Dispose() => http.Dispose();

    async Task<HttpResponseMessage> Follow(string member, Uri address, CancellationToken cancellation)
    {
        for (var redirects = 0; redirects <= options.Value.MaxRedirects; redirects++)
        {
            var answer = await Get(member, address, cancellation);
            if (answer.IsSuccessStatusCode)
                return answer;
            using (answer)
                address = Checked(member, (answer.Headers.Location ?? throw Refused(member, answer.StatusCode)).OriginalString, address);
        }
        throw Invalid(member, $"leads over more than {options.Value.MaxRedirects} redirects (Payloads:MaxRedirects).");
    }

    async Task<HttpResponseMessage> Get(string member, Uri address, CancellationToken cancellation)
    {
        try
        {
            return await http.SendAsync(new(HttpMethod.Get, address), cancellation);
        }
        catch (HttpRequestException away) when (away.InnerException is NotPublicException)
        {
            throw Invalid(member, $"leads to '{address.Host}', which is at no public address. Payloads:AllowedHosts can allow it.");
        }
        catch (Exception broken) when (Exchange.IsConnection(broken) && !cancellation.IsCancellationRequested)
        {
            throw Unreachable(member, broken.GetBaseException().Message, broken);
        }
    }

    Uri Checked(string member, string url, Uri? from)
    {
        if (!(from is null ? Uri.TryCreate(url, UriKind.Absolute, out var address) : Uri.TryCreate(from, url, out address)))
            throw Invalid(member, "is no address. Give one such as https://example.com/call.mp3.");
        if (address.UserInfo.Length > 0)
            throw Invalid(member, "has a user's name or password in it, which is not allowed.");
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && options.Value.Allows(address.IdnHost)))
            throw Invalid(member, $"is or leads to an address by {address.Scheme}, allowed is https. Payloads:AllowedHosts can allow a host's http.");
        return address;
    }

    static FailureException Refused(string member, HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            ? Unreachable(member, $"its host answered {(int)status}.")
            : Invalid(member, $"is not to be had: its host answered {(int)status}.");

    static string NameIn(HttpResponseMessage answer) => answer.Content.Headers.ContentDisposition is { } said && (said.FileNameStar ?? said.FileName) is { } name
        ? Path.GetFileName(name.Trim('"'))
        : Uri.UnescapeDataString(Path.GetFileName(answer.RequestMessage!.RequestUri!.AbsolutePath));
}
