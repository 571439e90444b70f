using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations;

/// <summary>Each operation with a provider that has a fault.</summary>
public abstract class FaultyScene
{
    private protected static readonly string[] Operations =
    [
        "responses", "chat", "classify", "image", "edit", "speech", "transcribe",
        "translate", "upload", "analyze", "embeddings", "list",
        "delete", "conversation", "get conversation", "update conversation", "delete conversation", "create assistant",
        "message assistant", "native create", "native list", "call",
    ];

    private protected static readonly (string Fault, string Code)[] Passing = [
        ("status:500", FailureCodes.ProviderError), ("status:503", FailureCodes.Overloaded),
        ("status:409", FailureCodes.Conflict),
        ("html", FailureCodes.ProviderError), ("cut", FailureCodes.Unreachable),
        ("cut-after", FailureCodes.Unreachable),
        ("broken", FailureCodes.BrokenAnswer), ("hang", FailureCodes.Timeout)];

    // No waits except those that these tests are about.
    private protected static Task<EmbeddedWorker> Start(string operation) => EmbeddedWorker.Start(
        new EmulatorOptions { Assistants = true, BackgroundTime = TimeSpan.Zero },
        operation.StartsWith("native", StringComparison.Ordinal)
            ? "--Assistants:Mode=Native"
            : "--Assistants:Mode=Local");

    private protected static async Task<string> Assistant(EmbeddedWorker worker) =>
        (await worker.Answer(Messages.Ada)).Assistant!.Id;

    private protected static async Task<JobRequest> Request(string operation, EmbeddedWorker worker)
    {
        var request = await RequestOf(operation, worker);
        worker.Emulator.Clear();
        return request;
    }

    private protected static async Task<string> Conversation(EmbeddedWorker worker) =>
        (await worker.Answer(new CreateConversation())).Conversation!.Id;

    private protected static async Task<JobRequest> RequestOf(string operation,
        EmbeddedWorker worker) => operation switch
        {
            "responses" => Messages.Smallest,
            "chat" => Messages.SmallestChat,
            "classify" => new ClassifyText { Text = "x" },
            "image" => Messages.Image,
            "edit" => Messages.Edit,
            "speech" => Messages.Speech,
            "transcribe" => Messages.Transcription,
            "translate" => Messages.Translation,
            "analyze" => Messages.Analysis,
            "embeddings" => Messages.Embeddings,
            "list" => new ListFiles(),
            "delete" => new DeleteFile { FileId = (await worker.Answer(Messages.Upload)).File!.Id },
            "conversation" => new CreateConversation(),
            "get conversation" => new GetConversation { ConversationId = await Conversation(worker) },
            "update conversation" =>
                new UpdateConversation
                {
                    ConversationId = await Conversation(worker),
                    StoreMetadata = new Dictionary<string, string>()
                },
            "delete conversation" => new DeleteConversation { ConversationId = await Conversation(worker) },
            "create assistant" =>
                Messages.Ada with { KnowledgeFileIds = [(await worker.Answer(Messages.Upload)).File!.Id] },
            "message assistant" =>
                Messages.ToAssistant with { AssistantName = null, AssistantId = await Assistant(worker) },
            "native create" => Messages.Ada,
            "native list" => new ListAssistants(),
            "call" => Messages.Call,
            _ => Messages.Upload,
        };
}
