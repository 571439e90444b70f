using OpenAIWorker.Contracts;

namespace OpenAIWorker.Tests.Operations;

/// <summary>Requests to begin from.</summary>
static class Messages
{
    public static readonly MessageModel Smallest = new() { Model = "m", Messages = [new() { Text = "Hello" }] };

    public static readonly MessageModel SmallestChat = Smallest with { Api = ModelApi.ChatCompletions };

    public static readonly UploadFile Upload = new() { File = new() { Base64 = "eA==" } };
}
