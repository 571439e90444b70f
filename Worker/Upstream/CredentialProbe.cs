using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Upstream;

/// <summary>Whether a provider answers, and knows the key. Listing models costs nothing.</summary>
static class CredentialProbe
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<ProbeReport> Run(string name, Uri baseUrl, ClientPipeline pipeline, CancellationToken cancellation)
    {
        var what = $"credential {name} at {baseUrl}";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var message = pipeline.CreateMessage();
        message.Request.Method = "GET";
        message.Request.Uri = new($"{baseUrl.AbsoluteUri.TrimEnd('/')}/models");
        message.Apply(new() { CancellationToken = patience.Token });
        try
        {
            await pipeline.SendAsync(message);
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
