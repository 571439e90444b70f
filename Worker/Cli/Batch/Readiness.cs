using OpenAIWorker.Cli.Batch.Input;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Settings;
using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Cli.Batch;

/// <summary>
/// Makes one harmless call before the first job. Only the worker waits until a key is corrected or an address answers.
/// </summary>
static class Readiness
{
    /// <exception cref="SettingsException">A credential of the first lines is refused, or its provider or the broker
    /// does not answer.</exception>
    public static async Task Check(IJobClient client, IReadOnlyList<JobLine> first, CancellationToken cancellation)
    {
        var credentials = first.Where(line => line.Request is not null)
            .Select(line => line.Request!.Credential ?? CredentialOptions.Default)
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var refusals = await client.Refusals(credentials, cancellation);
        if (refusals.Count > 0)
            throw new SettingsException(
                [.. refusals.Select(refusal =>
                    $"{refusal} Nothing was sent. Correct it, or wait for it with --wait.")]);
    }
}
