using OpenAIWorker.Upstream.Bodies;

namespace OpenAIWorker.Upstream.Responses;

/// <summary>Lets answers that are read into memory end with their JSON (<see cref="JsonAnswerStream"/>).</summary>
sealed class PaidAnswers(HttpMessageHandler inner, TimeProvider clock) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!BoundedAnswers.AreForMemory)
            return response;
        var length = response.Content.Headers.ContentLength;
        response.Content = new PassedContent(response.Content, body => new JsonAnswerStream(body, clock, length));
        return response;
    }
}
