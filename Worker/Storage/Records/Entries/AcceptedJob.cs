namespace OpenAIWorker.Storage.Records.Entries;

/// <summary>A job that was taken in, and that no worker has seen yet.</summary>
/// <param name="Key">Which.</param>
/// <param name="Operation">Such as <c>message-model</c>.</param>
/// <param name="Credential">The name of its credential; empty where that is not sure.</param>
/// <param name="RequestHash">The same for every message with the same request.</param>
sealed record AcceptedJob(JobKey Key, string Operation, string Credential, string RequestHash)
{
    /// <summary>
    /// Stands before the hash of a request that no worker has read. Workers spell names as their settings do, and may
    /// be of another version, so whatever they read under the id is the request.
    /// </summary>
    public const char Mark = '~';

    public string? Model { get; init; }

    /// <summary>The id of its group.</summary>
    public string? Group { get; init; }
}

/// <summary>What is known of the request that has an id.</summary>
/// <param name="Operation">Its operation.</param>
/// <param name="Credential">The credential that it is called with.</param>
/// <param name="Hash">The same for every message with the same request.</param>
/// <param name="State">How it stands.</param>
sealed record KnownRequest(string Operation, string Credential, string Hash, string State);
