using System.Collections.Concurrent;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Delivery.Admission;

/// <summary>
/// Asks providers whether they know a key, once at a time for each: many refusals that come together have one answer.
/// </summary>
sealed class CredentialCheck
{
    readonly ConcurrentDictionary<string, Lazy<Task<ProbeAnswer>>> asked = new(StringComparer.OrdinalIgnoreCase);
    readonly OpenAIClients clients;

    public CredentialCheck(OpenAIClients clients)
    {
        this.clients = clients;
        // An answer about the former key is none about the new one.
        clients.Changed += asked.Clear;
    }

    public Task<ProbeAnswer> Ask(string credential) => asked.GetOrAdd(credential, name => new(() => Run(name))).Value;

    async Task<ProbeAnswer> Run(string credential)
    {
        try
        {
            // Not part of a job's attempt, nor bound to the delivery that asks first: it has a time limit of its own.
            return await Task.Run(() => clients.Ask(credential, CancellationToken.None));
        }
        finally
        {
            asked.TryRemove(credential, out _);
        }
    }
}
