using OpenAI.Chat;
using OpenAI.Moderations;
using OpenAI.Responses;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream;

/// <summary>One credential's clients, and the API that it prefers.</summary>
sealed record OpenAIEndpoint(ModelApi Api, ResponsesClient Responses, ChatClient Chat, ModerationClient Moderations);
