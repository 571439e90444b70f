using System.ClientModel.Primitives;
using OpenAI.Chat;
using OpenAI.Moderations;
using OpenAI.Responses;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream;

/// <summary>One credential's clients, and its preferred API.</summary>
sealed record OpenAIEndpoint(string Name, Uri BaseUrl, ModelApi Api, string ProbePath, ResponsesClient Responses,
    ChatClient Chat, ModerationClient Moderations)
{
    /// <summary>The pipeline of all the credential's clients: key, organisation, project, no retries.</summary>
    public ClientPipeline Pipeline => Chat.Pipeline;

    /// <summary>An address below the base URL.</summary>
    /// <param name="path">Such as <c>files/file-1</c>, escaped, without a leading slash.</param>
    public Uri At(string path) => new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{path}");
}
