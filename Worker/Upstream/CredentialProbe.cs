using System.ClientModel;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Upstream;

/// <summary>Whether a provider answers, and knows the key. Listing models costs nothing.</summary>
static class CredentialProbe
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<ProbeReport> Run(string name, OpenAIEndpoint endpoint, CancellationToken cancellation)
    {
        var what = $"credential {name} at {PlainAddress.Of(endpoint.BaseUrl)}";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var message = endpoint.Pipeline.CreateMessage();
        message.Request.Method = "GET";
        message.Request.Uri = endpoint.At("models");
        message.Apply(new() { CancellationToken = patience.Token });
        try
        {
            await endpoint.Pipeline.SendAsync(message);
            return message.Response!.Status switch
            {
                200 => new(what, true, "the key is known"),
                401 => new(what, false, "401: the key is refused"),
                // Not every compatible provider lists its models.
                404 => new(what, true, "answers, but lists no models, so the key was not tried"),
                var status => new(what, false, $"it answers {status}"),
            };
        }
        catch (Exception broken) when (broken is ClientResultException or HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new(what, false, broken is OperationCanceledException ? $"no answer within {Patience}" : broken.GetBaseException().Message);
        }
    }
}
