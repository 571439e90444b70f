using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream;

/// <summary>One credential's place, and its preferred API.</summary>
/// <param name="Name">The credential's name.</param>
/// <param name="BaseUrl">Where its API begins.</param>
/// <param name="Api">The API for a message, unless the job says otherwise.</param>
/// <param name="ProbePath">The path of a harmless call.</param>
/// <param name="Pipeline">The SDK's pipeline: key, organisation, project, no retries.</param>
sealed record OpenAIEndpoint(string Name, Uri BaseUrl, ModelApi Api, string ProbePath, ClientPipeline Pipeline)
{
    readonly string root = BaseUrl.AbsoluteUri.TrimEnd('/');

    // An address takes longer to parse than to find.
    readonly ConcurrentDictionary<string, Uri> usual = new();

    /// <summary>An address below the base URL.</summary>
    /// <param name="path">Such as <c>files/file-1</c>, escaped, without a leading slash.</param>
    public Uri At(string path) => path is "responses" or "chat/completions" or "moderations" or "embeddings"
        ? usual.GetOrAdd(path, static (path, root) => new($"{root}/{path}"), root)
        : new($"{root}/{path}");
}
