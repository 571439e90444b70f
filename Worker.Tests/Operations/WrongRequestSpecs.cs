using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Operations;

public class WrongRequestSpecs
{
    static readonly BinaryInput TooLarge = new() { Base64 = Convert.ToBase64String(new byte[25 * 1024 * 1024 + 1]) };

    static readonly (JobRequest Request, string Member, string Says)[] Wrong =
    [
        (new MessageModel { Model = "", Messages = Smallest.Messages }, "model", "missing"),
        (new MessageModel { Model = "m" }, "messages", "missing"),
        (Smallest with { Temperature = 2.1 }, "temperature", "is 2.1, allowed are 0 to 2"),
        (Smallest with { TopP = -0.1 }, "topP", "allowed are 0 to 1"),
        (Smallest with { MaxTokens = 15 }, "maxTokens", "is 15, allowed are 16 and more"),
        (SmallestChat with { MaxTokens = 0 }, "maxTokens", "allowed are 1 and more"),
        (Smallest with { TopLogprobs = 21 }, "topLogprobs", "allowed are 0 to 20"),
        (Smallest with { Logprobs = false, TopLogprobs = 1 }, "logprobs", "topLogprobs asks for them"),
        (SmallestChat with { Completions = 129 }, "completions", "allowed are 1 to 128"),
        (SmallestChat with { FrequencyPenalty = 2.5 }, "frequencyPenalty", "allowed are -2 to 2"),
        (SmallestChat with { PresencePenalty = -3 }, "presencePenalty", "allowed are -2 to 2"),
        (SmallestChat with { Stop = ["1", "2", "3", "4", "5"] }, "stop", "has 5 entries"),
        (Smallest with { Seed = 1 }, "seed", "Chat Completions only"),
        (Smallest with { Stop = ["x"] }, "stop", "Chat Completions only"),
        (SmallestChat with { PreviousResponseId = "r" }, "previousResponseId", "Responses only"),
        (SmallestChat with { ConversationId = "c" }, "conversationId", "Responses only"),
        (SmallestChat with { Background = true }, "background", "Responses only"),
        (Smallest with { PreviousResponseId = "r", ConversationId = "c" }, "conversationId", "never goes with previousResponseId"),
        (Smallest with { Background = true, Store = false }, "store", "background needs"),
        (Smallest with { Output = new() { Type = OutputType.JsonSchema } }, "output.schema", "missing"),
        (Smallest with { Output = new() { Type = OutputType.JsonSchema, Name = "no spaces", Schema = JsonElement.Parse("{}") } }, "output.name", "is 'no spaces'"),
        (Smallest with { Messages = [new() { Role = "robot", Text = "x" }] }, "messages[0].role", "is 'robot'"),
        (Smallest with { Messages = [new()] }, "messages[0].text", "missing"),
        (Smallest with { Messages = [new() { Role = "system", Text = "a" }, new() { Role = "developer", Text = "b" }] }, "messages", "more than one"),
        (Smallest with { Messages = [new() { Text = "x", Images = [new()] }] }, "messages[0].images[0]", "has 0 of"),
        (Smallest with { Messages = [new() { Text = "x", Images = [new() { Url = "ftp://x/y" }] }] }, "messages[0].images[0].url", "https"),
        (SmallestChat with { Messages = [new() { Text = "x", Images = [new() { FileId = "f" }] }] }, "messages[0].images[0].fileId", "takes no file ids"),
        (Smallest with { Messages = [new() { Text = "x", Files = [new() { Base64 = "AA" }] }] }, "messages[0].files[0].fileName", "missing"),
        (Smallest with { Messages = [new() { Text = "x", Files = [new() { Payload = new() { Id = "p-1" } }] }] }, "messages[0].files[0].fileName", "missing"),
        (Smallest with { Messages = [new() { Text = "x", Images = [new() { Url = "https://x/y", Payload = new() { Id = "p-1" } }] }] }, "messages[0].images[0]", "has 2 of"),
        (Smallest with { Messages = [new() { Text = "x", Images = [new() { Payload = new() { Id = "/etc/passwd" } }] }] }, "messages[0].images[0].payload.id", "is '/etc/passwd'"),
        (Smallest with { Messages = [new() { Role = "tool", Text = "x" }] }, "messages[0].toolCallId", "missing"),
        (Smallest with { Tools = [new()] }, "tools[0]", "has 0 of"),
        (Smallest with { Tools = [new() { Function = new() { Name = "a b" } }] }, "tools[0].function.name", "is 'a b'"),
        (Smallest with { Tools = [new() { FileSearch = new() { VectorStoreIds = ["v"], MaxResults = 51 } }] }, "tools[0].fileSearch.maxResults", "allowed are 1 to 50"),
        (SmallestChat with { Tools = [new() { WebSearch = new() }] }, "tools[0]", "Responses only"),
        (Smallest with { ToolChoice = "nobody" }, "toolChoice", "is 'nobody'"),
        (Smallest with { MaxToolCalls = 0 }, "maxToolCalls", "allowed are 1 and more"),
        (Smallest with { MaxToolRounds = -1 }, "maxToolRounds", "allowed are 0 and more"),
        (Smallest with { StoreMetadata = new Dictionary<string, string> { [new('k', 65)] = "v" } }, "storeMetadata key", "65 characters"),
        (Smallest with { SafetyIdentifier = new('s', 65) }, "safetyIdentifier", "65 characters"),
        (Smallest with { Timeout = TimeSpan.FromMinutes(26) }, "timeout", "allowed are 00:00:01 to 00:25:00"),
        (Smallest with { MaxRetries = 101 }, "maxRetries", "allowed are 0 to 100"),
        (Smallest with { Priority = 10 }, "priority", "allowed are 0 to 9"),
        (Smallest with { Extra = new Dictionary<string, JsonElement> { ["stream"] = JsonElement.Parse("true") } }, "extra", "stream is true"),
        (Smallest with { Credential = "nobody" }, "credential", "Known are: default"),
        (new ClassifyText(), "text", "missing"),
        (new ClassifyText { Text = "a", Texts = ["b"] }, "texts", "never goes with text"),
        (new ClassifyText { Text = "a", Model = "m", UseStableModel = true }, "useStableModel", "never goes with model"),
        (new ClassifyText { Images = [new() { FileId = "f" }] }, "images[0].fileId", "takes no file ids"),
        (Image with { Model = null }, "model", "missing"),
        (Image with { Prompt = " " }, "prompt", "missing"),
        (Image with { Prompt = new('x', 32_001) }, "prompt", "has 32001 characters, allowed are up to 32000"),
        (Image with { Model = "dall-e-2", Prompt = new('x', 1_001) }, "prompt", "allowed are up to 1000"),
        (Image with { Model = "dall-e-3", Prompt = new('x', 4_001) }, "prompt", "allowed are up to 4000"),
        (Image with { Count = 0 }, "count", "is 0, allowed are 1 to 10"),
        (Image with { Count = 11 }, "count", "is 11"),
        (Image with { Model = "dall-e-3", Count = 2 }, "count", "is 2, but dall-e-3 draws one image a call"),
        (Image with { Model = "dall-e-3", Style = "gothic" }, "style", "is 'gothic', allowed are natural, vivid"),
        (Image with { Style = "vivid" }, "style", "dall-e-3 only"),
        (Image with { Model = "dall-e-2", Style = "vivid" }, "style", "dall-e-3 only"),
        (Image with { RespondWithUrls = true }, "respondWithUrls", "gpt-image-2 has no addresses"),
        (Image with { Model = "chatgpt-image-latest", RespondWithUrls = true }, "respondWithUrls", "has no addresses"),
        (Image with { Background = "blue" }, "background", "is 'blue', allowed are transparent, opaque, auto"),
        (Image with { OutputFormat = "gif" }, "outputFormat", "is 'gif', allowed are png, jpeg, webp"),
        (Image with { OutputFormat = "webp", Compression = 101 }, "compression", "is 101, allowed are 0 to 100"),
        (Image with { Compression = 50 }, "compression", "is 50, but a png is never compressed so"),
        (Image with { Background = "transparent", OutputFormat = "jpeg" }, "background", "which a jpeg cannot be"),
        (Image with { Moderation = "none" }, "moderation", "is 'none', allowed are low, auto"),
        (Image with { Model = "dall-e-3", Background = "opaque" }, "background", "dall-e-3 does not take it"),
        (Image with { Model = "dall-e-3", OutputFormat = "png" }, "outputFormat", "dall-e-3 does not take it"),
        (Image with { Model = "dall-e-2", Compression = 100 }, "compression", "dall-e-2 does not take it"),
        (Image with { Model = "dall-e-2", Moderation = "low" }, "moderation", "dall-e-2 does not take it"),
        (Edit with { Images = null }, "images", "missing"),
        (Edit with { Images = [] }, "images", "has 0 entries, allowed are 1 to 16"),
        (Edit with { Images = [.. Enumerable.Repeat(Picture, 17)] }, "images", "has 17 entries"),
        (Edit with { Images = [Picture, new()] }, "images[1]", "exactly one of url, base64 and payload"),
        (Edit with { Images = [Picture, null!] }, "images[1]", "is null"),
        (Edit with { Model = "dall-e-2", Images = [Picture, Picture] }, "images", "has 2 entries, allowed are 1 to 1"),
        (Edit with { Model = "dall-e-3" }, "model", "edits no images"),
        (Edit with { Model = "" }, "model", "missing"),
        (Edit with { Prompt = null }, "prompt", "missing"),
        (Edit with { Count = 11 }, "count", "is 11"),
        (Edit with { InputFidelity = "total" }, "inputFidelity", "is 'total', allowed are high, low"),
        (Edit with { Model = "dall-e-2", InputFidelity = "low" }, "inputFidelity", "dall-e-2 does not take it"),
        (Edit with { Compression = 1 }, "compression", "is 1"),
        (Edit with { Mask = new() { Base64 = "eA==", FileName = "mask.jpg" } }, "mask", "is of type image/jpeg, allowed is image/png"),
        (Edit with { Mask = new() { Base64 = Convert.ToBase64String(new byte[4 * 1024 * 1024 + 1]) } }, "mask", "has 4194305 bytes, allowed are up to 4194304"),
        (Speech with { Model = null }, "model", "missing"),
        (Speech with { Text = "" }, "text", "missing"),
        (Speech with { Text = new('x', 4_097) }, "text", "has 4097 characters, allowed are up to 4096"),
        (Speech with { Voice = " " }, "voice", "missing"),
        (Speech with { Instructions = new('x', 4_097) }, "instructions", "has 4097 characters"),
        (Speech with { ResponseFormat = "midi" }, "responseFormat", "is 'midi', allowed are mp3, opus, aac, flac, wav, pcm"),
        (Speech with { Speed = 0.24 }, "speed", "is 0.24, allowed are 0.25 to 4"),
        (Speech with { Speed = 4.1 }, "speed", "is 4.1"),
        (Transcription with { Audio = null }, "audio", "missing"),
        (Transcription with { Audio = new() }, "audio", "exactly one of url, base64 and payload"),
        (Transcription with { Audio = TooLarge }, "audio", "has 26214401 bytes, allowed are up to 26214400"),
        (Transcription with { Model = null }, "model", "missing"),
        (Transcription with { Language = "finnish" }, "language", "is 'finnish', allowed are codes of ISO 639-1"),
        (Transcription with { Temperature = 1.1 }, "temperature", "is 1.1, allowed are 0 to 1"),
        (Transcription with { ResponseFormat = "xml" }, "responseFormat", "is 'xml', allowed are json, text, srt, vtt, verbose_json, diarized_json"),
        (Transcription with { ResponseFormat = "verbose_json", Timestamps = ["word", "letter"] }, "timestamps[1]", "is 'letter', allowed are word, segment"),
        (Transcription with { Timestamps = ["word"] }, "timestamps", "verbose_json only"),
        (Translation with { Audio = null }, "audio", "missing"),
        (Translation with { Audio = TooLarge }, "audio", "has 26214401 bytes"),
        (Translation with { Model = "" }, "model", "missing"),
        (Translation with { Temperature = -0.1 }, "temperature", "is -0.1"),
        (Translation with { ResponseFormat = "diarized_json" }, "responseFormat", "allowed are json, text, srt, vtt, verbose_json"),
        (new UploadFile(), "file", "missing"),
        (new UploadFile { File = new() }, "file", "exactly one of url, base64 and payload"),
        (new UploadFile { File = new() { Base64 = "?" } }, "file.base64", "is no base64"),
        (new UploadFile { File = new() { Payload = new() { Id = "../x" } } }, "file.payload.id", "is '../x'"),
        (new UploadFile { File = new() { Url = "https://127.0.0.1/x" } }, "file.url", "no public address"),
        (Upload with { Purpose = "fun" }, "purpose", "is 'fun', allowed are assistants, batch, fine-tune, vision, user_data, evals"),
        (Upload with { ExpiresAfter = TimeSpan.FromMinutes(59) }, "expiresAfter", "is 00:59:00, allowed are 01:00:00 to 30.00:00:00"),
        (Upload with { ExpiresAfter = TimeSpan.FromDays(31) }, "expiresAfter", "is 31.00:00:00"),
    ];

    [Fact]
    public async Task Every_wrong_member_is_named_with_its_value_and_nothing_is_called()
    {
        await using var worker = await EmbeddedWorker.Start();

        foreach (var (request, member, says) in Wrong)
        {
            var failure = await worker.Failure(request);

            Assert.StartsWith(member, failure.Member);
            Assert.Contains(says, failure.Message);
            Assert.Equal((FailureKind.Permanent, Remedy.Sender, 1), (failure.Kind, failure.Remedy, failure.Attempts));
            Assert.Equal(request.Credential is null ? FailureCodes.InvalidRequest : FailureCodes.UnknownCredential, failure.Code);
        }
        Assert.Empty(worker.Emulator.Calls);
    }
}
