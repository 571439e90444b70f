using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Settings;
using OpenAIWorker.Settings.Secrets;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Upstream.Credentials;

/// <summary>Asks a provider whether a key is valid, with a call that costs nothing.</summary>
static class CredentialProbe
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<ProbeAnswer> Ask(OpenAIEndpoint endpoint, CallRunner runner, TimeProvider clock,
        CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(Patience, clock);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timer.Token);
        using var message = endpoint.Pipeline.CreateMessage();
        message.Request.Method = "GET";
        message.Request.Uri = endpoint.At(endpoint.ProbePath.TrimStart('/'));
        message.Apply(new() { CancellationToken = patience.Token, ErrorOptions = ClientErrorBehaviors.NoThrow });
        try
        {
            await endpoint.Pipeline.SendAsync(message);
            var status = message.Response!.Status;
            var error = status is < 200 or > 299 ? await runner.ErrorOf(message.Response, patience.Token) : null;
            return new(status, error, null);
        }
        catch (Exception broken) when (broken is ClientResultException or HttpRequestException or FailureException
            || broken is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return new(0, null, broken is OperationCanceledException
                ? $"no answer within {Patience}"
                : broken.GetBaseException().Message);
        }
    }
}

/// <summary>The result of a probe.</summary>
/// <param name="Status">The HTTP status; 0 if there was no answer.</param>
/// <param name="Error">The provider's error.</param>
/// <param name="Absence">Why there was no answer.</param>
sealed record ProbeAnswer(int Status, UpstreamError? Error, string? Absence)
{
    /// <summary>The answer for a credential that was removed from the settings.</summary>
    public static readonly ProbeAnswer Gone = new(0, null, "the settings have no such credential any more");

    /// <summary>The provider knows the key. A refusal because of a missing right proves this too.</summary>
    public bool IsAccepted =>
        Status is >= 200 and < 300 || Status is 401 or 403 && CredentialBlames.IsMissingRight(Error);

    /// <summary>The provider refuses the key or the account.</summary>
    public bool IsRefused => !IsAccepted && CredentialBlames.Of(Status, Error) != CredentialBlame.None;

    /// <summary>The provider has nothing at the probe's path, so the key was not tested.</summary>
    public bool IsUntried => Status is 404 or 405 or 501;

    /// <summary>
    /// Whether the probe was refused in the same way as a job, so that no change to the job could help.
    /// </summary>
    public bool Confirms(int? status) => IsRefused && (Status == status || Status is 401 or 429);

    /// <summary>The result for a person.</summary>
    /// <param name="credential">Its name.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="guess">The base URL that is probably meant, if the given one has nothing.</param>
    public ProbeReport Report(string credential, OpenAIEndpoint endpoint, string? guess = null)
    {
        var what = $"credential {credential} at {PlainAddress.Of(endpoint.BaseUrl)}";
        return Status switch
        {
            _ when guess is not null =>
                new(what, false,
                    $"it answers {Status}. Its BaseUrl is probably {PlainAddress.Of(new Uri(guess))}")
                {
                    IsHopeless =
                        true
                },
            _ when IsAccepted => new(what, true, "the key is accepted"),
            0 => new(what, false, Absence!) { IsHopeless = true },
            401 => new(what, false, "401: the key is refused") { IsHopeless = true },
            // Not every compatible provider lists its models.
            404 => new(what, true, "answers, but lists no models, so the key was not tested"),
            _ => new(what, false, $"it answers {Status}"),
        };
    }
}
