using System.Net;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Compares the provider's clock with this worker's, by the date of each answer. It also treats a status that HTTP does
/// not have, which the SDK cannot read, as a fault of the provider: https://www.rfc-editor.org/rfc/rfc9110#section-15.
/// </summary>
sealed class DatedAnswers(HttpMessageHandler inner, ClockSkew skew, TimeProvider clock) : DelegatingHandler(inner)
{
    const int LastStatus = 599;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var asked = clock.GetUtcNow();
        var response = await base.SendAsync(request, cancellationToken);
        if ((int)response.StatusCode > LastStatus)
            response.StatusCode = HttpStatusCode.BadGateway;
        // An answer from a cache has the date when it was made.
        if (response.Headers.Date is { } date && response.Headers.Age is null && request.RequestUri is { } address)
            skew.Answered(address.Host, date, asked);
        return response;
    }
}
