using Microsoft.Extensions.Logging;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Events;

namespace OpenAIWorker.Delivery.Credentials;

/// <summary>Tells operators that a credential was paused or works again.</summary>
sealed partial class CredentialNews(
    EventPublisher events, EventCourier courier, EventInbox inbox, TimeProvider clock, ILogger<CredentialNews> logger)
{
    readonly Log log = new(logger);

    public void Paused(CredentialPause pause)
    {
        log.Paused(pause.Credential, pause.Cause.Code, $"{pause.NextProbe:u}");
        Tell(pause);
    }

    /// <summary>An operator ordered the pause, so no action is needed.</summary>
    public void Ordered(CredentialPause pause)
    {
        log.Ordered(pause.Credential, pause.Cause.Message);
        Tell(pause);
    }

    public void Resumed(CredentialPause over)
    {
        log.Resumed(over.Credential, $"{over.Since:u}");
        courier.Send(events.Of(new CredentialResumed
        {
            Credential = over.Credential,
            PausedSince = over.Since,
            Since = clock.GetUtcNow()
        }));
    }

    void Tell(CredentialPause pause)
    {
        var paused = new CredentialPaused
        {
            Credential = pause.Credential,
            Code = pause.Cause.Code,
            Message = pause.Cause.Message,
            Since = pause.Since,
            NextProbe = pause.NextProbe,
        };
        courier.Send(events.Of(paused));
        inbox.Pause(paused);
    }

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(5, LogLevel.Critical,
            "Credential {Credential} is paused: {Code}. Its jobs wait. It is tested again at {NextProbe}")]
        public partial void Paused(string credential, string code, string nextProbe);

        [LoggerMessage(53, LogLevel.Warning, "Credential {Credential} is paused: {Order} Its jobs wait")]
        public partial void Ordered(string credential, string order);

        [LoggerMessage(6, LogLevel.Information, "Credential {Credential} works again. It was paused since {Since}")]
        public partial void Resumed(string credential, string since);
    }
}
