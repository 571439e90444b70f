using System.ClientModel.Primitives;
using System.Globalization;
using System.Net;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>
/// Compares the provider's clock with this worker's, by the date of each answer. It also replaces a status that HTTP
/// does not have, which the SDK cannot read, by a fault of the provider:
/// https://www.rfc-editor.org/rfc/rfc9110#section-15. A header keeps the status itself.
/// </summary>
sealed class DatedAnswers(HttpMessageHandler inner, ClockSkew skew, TimeProvider clock) : DelegatingHandler(inner)
{
    const int LastStatus = 599;
    const string StatusItself = "x-openai-worker-status";

    /// <summary>The status that the provider sent.</summary>
    public static int StatusOf(PipelineResponse response) => response.Status == (int)HttpStatusCode.BadGateway
        && response.Headers.TryGetValue(StatusItself, out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : response.Status;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var asked = clock.GetUtcNow();
        var response = await base.SendAsync(request, cancellationToken);
        response.Headers.Remove(StatusItself);
        if ((int)response.StatusCode is > LastStatus and var status)
        {
            response.StatusCode = HttpStatusCode.BadGateway;
            response.Headers.Add(StatusItself, status.ToString(CultureInfo.InvariantCulture));
        }
        // An answer from a cache has the date when it was made.
        if (response.Headers.Date is { } date && response.Headers.Age is null && request.RequestUri is { } address)
            skew.Answered(address.Host, date, asked);
        return response;
    }
}
