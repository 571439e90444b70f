using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Health;

/// <summary>The section <c>Health</c>: whether and where the worker reports its health.</summary>
sealed record HealthOptions
{
    /// <summary>The port of <c>/health/live</c> and <c>/health/ready</c>, on all IPv4 addresses. Empty: none.</summary>
    [Allowed(1, 65535)]
    public int? Port { get; init; }
}

[OptionsValidator]
sealed partial class HealthOptionsValidator : IValidateOptions<HealthOptions>;
