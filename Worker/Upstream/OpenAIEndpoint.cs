using System.ClientModel.Primitives;
using OpenAI.Chat;
using OpenAI.Moderations;
using OpenAI.Responses;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream;

/// <summary>One credential's clients, and the API that it prefers.</summary>
sealed record OpenAIEndpoint(string Name, Uri BaseUrl, ModelApi Api, string ProbePath, ResponsesClient Responses,
    ChatClient Chat, ModerationClient Moderations)
{
    /// <summary>What all clients of the credential send through: key, organisation, project, no retries.</summary>
    public ClientPipeline Pipeline => Chat.Pipeline;

    /// <summary>An address below the base URL.</summary>
    /// <param name="path">Such as <c>files/file-1</c>, escaped, without a slash at its start.</param>
    public Uri At(string path) => new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{path}");
}
