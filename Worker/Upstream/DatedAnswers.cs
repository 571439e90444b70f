using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Upstream;

/// <summary>Compares the provider's clock with this worker's, by the date of each answer.</summary>
sealed class DatedAnswers(HttpMessageHandler inner, ClockSkew skew, TimeProvider clock) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = clock.GetUtcNow();
        var response = await base.SendAsync(request, cancellationToken);
        // A cache's answer has the date of when it was made.
        if (response.Headers.Date is { } date && response.Headers.Age is null && request.RequestUri is { } address)
            skew.Answered(address.Host, date, asked);
        return response;
    }
}
