namespace OpenAIWorker.Storage.Records.Entries;

/// <summary>An accepted job that no worker has seen yet.</summary>
/// <param name="Key">The key of its record.</param>
/// <param name="Operation">Such as <c>message-model</c>.</param>
/// <param name="Credential">The name of its credential; empty if it is not certain.</param>
/// <param name="RequestHash">The same for every message with the same request.</param>
sealed record AcceptedJob(JobKey Key, string Operation, string Credential, string RequestHash)
{
    /// <summary>
    /// The prefix of the hash of a request that no worker has read. Workers use the settings' spelling of names, and
    /// may be of another version, so the request that they read with this id counts.
    /// </summary>
    public const char Mark = '~';

    public string? Model { get; init; }

    /// <summary>The id of its group.</summary>
    public string? Group { get; init; }
}

/// <summary>The recorded request for an id.</summary>
/// <param name="Operation">Its operation.</param>
/// <param name="Credential">Its credential.</param>
/// <param name="Hash">The same for every message with the same request.</param>
/// <param name="State">Its state.</param>
sealed record KnownRequest(string Operation, string Credential, string Hash, string State);
