using System.Net;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads.Streams;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Payloads.PayloadFailures;

namespace OpenAIWorker.Payloads.Fetched;

/// <summary>
/// Downloads what a sender refers to, from public hosts by https, and from hosts that a setting allows.
/// </summary>
sealed class Fetching(IOptions<PayloadsOptions> options, IWebProxy proxy) : IDisposable
{
    // For a host that accepts a connection and sends nothing, or stops in the middle.
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    readonly FetchRoutes routes = new(options, proxy);

    /// <summary>The answer's body, with only its headers read.</summary>
    public async Task<Payload> Open(string member, string url, CancellationToken cancellation)
    {
        var answer = await Follow(member, Checked(member, url, null), cancellation);
        var headers = answer.Content.Headers;
        var body = await answer.Content.ReadAsStreamAsync(cancellation);
        var content = new PatientStream(
            new DownloadStream(body, answer, broken => Unreachable(member, Says(broken), broken)),
            () => Unreachable(member, $"its host sent nothing for {Silence.TotalSeconds:0} seconds."),
            time => Slow(member, time));
        return new(await NotEmpty(member, content, cancellation), headers.ContentType?.MediaType ?? "", NameIn(answer),
            headers.ContentLength);
    }

    public void Dispose() => routes.Dispose();

    async Task<HttpResponseMessage> Follow(string member, Uri address, CancellationToken cancellation)
    {
        for (var redirects = 0; redirects <= options.Value.MaxRedirects; redirects++)
        {
            var answer = await Get(member, address, cancellation);
            if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NonAuthoritativeInformation
                && answer.Content.Headers.ContentEncoding.All(IsPlain))
                return answer;
            using (answer)
                address = Checked(member,
                    (IsRedirect(answer) ? answer.Headers.Location : throw Refused(member, answer))!.OriginalString,
                    address);
        }
        throw Invalid(member, $"leads through more than {options.Value.MaxRedirects} redirects "
            + "(Payloads:MaxRedirects).");
    }

    // Checked before a provider is paid for processing nothing.
    static async Task<Stream> NotEmpty(string member, Stream content, CancellationToken cancellation)
    {
        var head = new byte[1];
        return await content.ReadAsync(head, cancellation) > 0
            ? new JoinedStream(head, content)
            : throw Invalid(member, "cannot be downloaded: its host sent an empty answer.");
    }

    async Task<HttpResponseMessage> Get(string member, Uri address, CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(Silence);
        var turn = PartyInTurn.Is(time => Slow(member, time));
        try
        {
            var answer = await routes.Get(address, timer.Token);
            turn.Done();
            return answer;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Unreachable(member, $"its host did not answer within {Silence.TotalSeconds:0} seconds.");
        }
        catch (Exception away) when (
            away is NotPublicException or HttpRequestException { InnerException: NotPublicException })
        {
            throw Invalid(member,
                $"leads to '{address.Host}', which is not at a public address. Payloads:AllowedHosts can allow it.");
        }
        catch (HttpRequestException refused) when (ProxyRefusal.IsCertain(refused))
        {
            throw Invalid(member, $"cannot be downloaded: {ProxyRefusal.Words(refused)}.");
        }
        catch (Exception broken) when (BrokenConnection.Is(broken) && !cancellation.IsCancellationRequested)
        {
            throw Unreachable(member, Says(broken), broken);
        }
    }

    static bool IsPlain(string encoding) => encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);

    static bool IsRedirect(HttpResponseMessage answer) =>
        (int)answer.StatusCode is > 299 and < 400 && answer.Headers.Location is not null;

    static string Says(Exception broken) => $"{ConnectionWords.Of(broken)}.";

    static Failure Slow(string member, TimeSpan time) =>
        new(FailureKind.Transient, FailureCodes.Timeout,
            $"The host of {member} had not sent all of it when the job's time of {time} ended. Raise timeout, or "
                + "use a faster host.")
        { Member = member };

    Uri Checked(string member, string url, Uri? from)
    {
        if (!(from is null
            ? Uri.TryCreate(url, UriKind.Absolute, out var address)
            : Uri.TryCreate(from, url, out address)))
            throw Invalid(member, "is not an address. Give one such as https://example.com/call.mp3.");
        if (address.UserInfo.Length > 0)
            throw Invalid(member, "contains a user name or password, which is not allowed.");
        if (address.Scheme != Uri.UriSchemeHttps
            && !(address.Scheme == Uri.UriSchemeHttp && options.Value.Allows(address.IdnHost)))
            throw Invalid(member,
                $"is or leads to an address by {address.Scheme}; allowed: https. Payloads:AllowedHosts can allow a "
                    + "host's http.");
        return address;
    }

    static FailureException Refused(string member, HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.OK or HttpStatusCode.NonAuthoritativeInformation =>
            Invalid(member,
                $"is compressed as '{Excerpt.Marked(string.Join(", ", answer.Content.Headers.ContentEncoding), 40)}', "
                    + "which the worker cannot decompress. Send it uncompressed, or as gzip, deflate or br."),
        HttpStatusCode.PartialContent =>
            Invalid(member, "cannot be downloaded: its host answered 206, only a part of it."),
        var status => Refused(member, status),
    };

    static FailureException Refused(string member, HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
            or >= HttpStatusCode.InternalServerError
            ? Unreachable(member, $"its host answered {(int)status}.")
            : Invalid(member, $"cannot be downloaded: its host answered {(int)status}.");

    static string NameIn(HttpResponseMessage answer) =>
        answer.Content.Headers.ContentDisposition is { } said && (said.FileNameStar ?? said.FileName) is { } name
        ? Path.GetFileName(name.Trim('"'))
        : Uri.UnescapeDataString(Path.GetFileName(answer.RequestMessage!.RequestUri!.AbsolutePath));
}
