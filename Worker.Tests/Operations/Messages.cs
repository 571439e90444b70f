using System.Text.Json;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Tests.Operations;

/// <summary>Requests to start from.</summary>
static class Messages
{
    public static readonly IReadOnlyDictionary<string, JsonElement> AnyExtra =
        new Dictionary<string, JsonElement> { ["new"] = JsonElement.Parse("1") };

    public static readonly MessageModel Smallest = new() { Model = "m", Messages = [new() { Text = "Hello" }] };

    public static readonly MessageModel SmallestChat = Smallest with { Api = ModelApi.ChatCompletions };

    public static readonly GenerateSpeech Speech = new() { Model = "m", Text = "Hello", Voice = "alloy" };

    public static readonly BinaryInput Sound = new() { Base64 = "eA==", FileName = "call.mp3" };

    public static readonly TranscribeAudio Transcription = new() { Model = "m", Audio = Sound };

    public static readonly TranslateAudio Translation = new() { Model = "m", Audio = Sound };

    public static readonly GenerateImage Image = new() { Model = "gpt-image-2", Prompt = "A cat" };

    public static readonly SourceImage Picture = new() { Base64 = "eA==", FileName = "cat.png" };

    public static readonly EditImage Edit = new() { Model = "gpt-image-2", Prompt = "A hat", Images = [Picture] };

    public static readonly AnalyzeImage Analysis = new()
    {
        Model = "m",
        Text = "What is it?",
        Images = [new() { Url = "https://example.com/a.png" }]
    };

    public static readonly CreateEmbeddings Embeddings = new() { Model = "m", Text = "x" };

    public static readonly CreateAssistant Ada = new() { Model = "m", Name = "Ada" };

    public static readonly UpdateAssistant Change = new() { AssistantName = "Ada", Instructions = "Be kind." };

    public static readonly MessageAssistant ToAssistant = new() { AssistantName = "Ada", Prompt = "Hello" };

    public static readonly CallApi Call = new() { Path = "models" };

    public static readonly UploadFile Upload = new() { File = new() { Base64 = "eA==" } };
}
