using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OpenAIWorker.Delivery.Events;

/// <summary>The section <c>Events</c>: how events about jobs are published.</summary>
sealed record EventsOptions
{
    /// <summary>
    /// What happens to an ending that a subscriber's full queue refuses. All other queues receive it either way.
    /// </summary>
    [EnumDataType(typeof(WhenRefused))]
    public WhenRefused WhenRefused { get; init; } = WhenRefused.Drop;
}

[OptionsValidator]
sealed partial class EventsOptionsValidator : IValidateOptions<EventsOptions>;
