using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;

namespace OpenAIWorker.Tests.World;

/// <summary>The parts of providers' answers, and the jobs that get them.</summary>
static class ProviderAnswers
{
    const string Usage = ""","usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}""";

    public static readonly MessageModel Chat = Messages.SmallestChat;
    public static readonly MessageModel ChatJson = Chat with { Output = new() { Type = OutputType.JsonObject } };
    public static readonly MessageModel Responses = Messages.Smallest;
    public static readonly MessageModel ResponsesJson =
        Responses with { Output = new() { Type = OutputType.JsonObject } };

    public static string Choice(string message, string finish = "stop", string usage = Usage) =>
        $$"""{"id":"c","object":"chat.completion","model":"m","choices":[{"index":0,"message":{{message}},"finish_reason":"{{finish}}"}]{{usage}}}""";

    public static string Response(string output) =>
        $$$"""{"id":"resp_1","object":"response","status":"completed","model":"m","output":[{{{output}}}],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}""";
}
