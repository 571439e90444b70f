using System.Collections.Concurrent;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Delivery.Credentials;

/// <summary>
/// Asks providers whether a key is valid, with one request at a time for each: many simultaneous refusals share one
/// answer.
/// </summary>
sealed class CredentialCheck
{
    readonly ConcurrentDictionary<string, Lazy<Task<ProbeAnswer>>> asked = new(StringComparer.OrdinalIgnoreCase);
    readonly OpenAIClients clients;

    public CredentialCheck(OpenAIClients clients)
    {
        this.clients = clients;
        // An answer about the old key says nothing about the new one.
        clients.Changed += asked.Clear;
    }

    public Task<ProbeAnswer> Ask(string credential) => asked.GetOrAdd(credential, name => new(() => Run(name))).Value;

    async Task<ProbeAnswer> Run(string credential)
    {
        try
        {
            // Not part of a job's attempt, and independent of the delivery that asks first: it has its own time limit.
            return await Task.Run(() => clients.Ask(credential, CancellationToken.None));
        }
        finally
        {
            asked.TryRemove(credential, out _);
        }
    }
}
