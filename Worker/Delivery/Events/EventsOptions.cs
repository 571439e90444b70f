using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OpenAIWorker.Delivery.Events;

/// <summary>The section <c>Events</c>: how events about jobs are told.</summary>
sealed record EventsOptions
{
    /// <summary>
    /// What a subscriber's queue that refuses an ending, because it is full, does to that ending. All others have it
    /// either way.
    /// </summary>
    [EnumDataType(typeof(WhenRefused))]
    public WhenRefused WhenRefused { get; init; } = WhenRefused.Drop;
}

[OptionsValidator]
sealed partial class EventsOptionsValidator : IValidateOptions<EventsOptions>;
