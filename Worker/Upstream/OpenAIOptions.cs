using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Upstream;

/// <summary>The section <c>OpenAI</c>: providers, credentials and timeouts.</summary>
sealed record OpenAIOptions
{
    /// <summary>
    /// How long one call may take. A job's own <c>timeout</c> overrides it. It must stay below RabbitMQ's consumer
    /// timeout of 30 minutes.
    /// </summary>
    [Allowed("00:00:01", "00:25:00")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long connecting may take.</summary>
    [Allowed("00:00:00.1", "00:02:00")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often the status of background work is polled: a response in the background, a run, the files of a vector
    /// store. Its job waits in the broker meanwhile.
    /// </summary>
    [Allowed("00:00:00.1", "00:05:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Models whose instructions are sent as the first message, separated by commas; a <c>*</c> at the end of a name
    /// matches anything. From gpt-6.2 on, instructions outside the input come after it, so the prompt cache does not
    /// keep them.
    /// </summary>
    public string InstructionsAsMessage { get; init; } = "gpt-6.2*";

    /// <summary>Settings for long answers.</summary>
    [ValidateObjectMembers]
    public BackgroundOptions Background { get; init; } = new();

    /// <summary>Credentials by name. A job names one, or uses <c>default</c>.</summary>
    public IReadOnlyDictionary<string, CredentialOptions> Credentials { get; init; } =
        new Dictionary<string, CredentialOptions>();
}

[OptionsValidator]
sealed partial class OpenAIOptionsValidator : IValidateOptions<OpenAIOptions>;
