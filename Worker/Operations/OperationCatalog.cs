using System.Collections.Frozen;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Assistants;
using OpenAIWorker.Operations.Audio;
using OpenAIWorker.Operations.Conversations;
using OpenAIWorker.Operations.Embeddings;
using OpenAIWorker.Operations.Files;
using OpenAIWorker.Operations.Image;
using OpenAIWorker.Operations.Other;
using OpenAIWorker.Operations.Text;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Observing;

namespace OpenAIWorker.Operations;

/// <summary>The list of all operations. The name is the queue's last word and the routing key.</summary>
static class OperationCatalog
{
    public static readonly IReadOnlyList<Operation> All =
    [
        Operation.Of<MessageModelOperation, MessageModel, ModelMessaged>("message-model",
            ContractJson.Default.MessageModel, request => request.Model),
        Operation.Of<ClassifyTextOperation, ClassifyText, TextClassified>("classify-text",
            ContractJson.Default.ClassifyText, request => request.Model),
        Operation.Of<GenerateImageOperation, GenerateImage, ImageGenerated>("generate-image",
            ContractJson.Default.GenerateImage, request => request.Model),
        Operation.Of<EditImageOperation, EditImage, ImageEdited>("edit-image", ContractJson.Default.EditImage,
            request => request.Model),
        Operation.Of<GenerateSpeechOperation, GenerateSpeech, SpeechGenerated>("generate-speech",
            ContractJson.Default.GenerateSpeech, request => request.Model),
        Operation.Of<TranscribeAudioOperation, TranscribeAudio, AudioTranscribed>("transcribe-audio",
            ContractJson.Default.TranscribeAudio, request => request.Model),
        Operation.Of<TranslateAudioOperation, TranslateAudio, AudioTranslated>("translate-audio",
            ContractJson.Default.TranslateAudio, request => request.Model),
        Operation.Of<UploadFileOperation, UploadFile, FileUploaded>("upload-file", ContractJson.Default.UploadFile,
            _ => null),
        Operation.Of<AnalyzeImageOperation, AnalyzeImage, ImageAnalyzed>("analyze-image",
            ContractJson.Default.AnalyzeImage, request => request.Model),
        Operation.Of<CreateEmbeddingsOperation, CreateEmbeddings, EmbeddingsCreated>("create-embeddings",
            ContractJson.Default.CreateEmbeddings, request => request.Model),
        Operation.Of<ListFilesOperation, ListFiles, FilesListed>("list-files", ContractJson.Default.ListFiles,
            _ => null),
        Operation.Of<DeleteFileOperation, DeleteFile, FileDeleted>("delete-file", ContractJson.Default.DeleteFile,
            _ => null),
        Operation.Of<CreateConversationOperation, CreateConversation, ConversationCreated>("create-conversation",
            ContractJson.Default.CreateConversation, _ => null),
        Operation.Of<GetConversationOperation, GetConversation, ConversationRetrieved>("get-conversation",
            ContractJson.Default.GetConversation, _ => null),
        Operation.Of<UpdateConversationOperation, UpdateConversation, ConversationUpdated>("update-conversation",
            ContractJson.Default.UpdateConversation, _ => null),
        Operation.Of<DeleteConversationOperation, DeleteConversation, ConversationDeleted>("delete-conversation",
            ContractJson.Default.DeleteConversation, _ => null),
        Operation.Of<CreateAssistantOperation, CreateAssistant, AssistantCreated>("create-assistant",
            ContractJson.Default.CreateAssistant, _ => null),
        Operation.Of<UpdateAssistantOperation, UpdateAssistant, AssistantUpdated>("update-assistant",
            ContractJson.Default.UpdateAssistant, _ => null),
        Operation.Of<ListAssistantsOperation, ListAssistants, AssistantsListed>("list-assistants",
            ContractJson.Default.ListAssistants, _ => null),
        Operation.Of<MessageAssistantOperation, MessageAssistant, AssistantMessaged>("message-assistant",
            ContractJson.Default.MessageAssistant, _ => null),
        Operation.Of<DeleteAssistantOperation, DeleteAssistant, AssistantDeleted>("delete-assistant",
            ContractJson.Default.DeleteAssistant, _ => null),
        Operation.Of<CallApiOperation, CallApi, ApiCalled>("call-api", ContractJson.Default.CallApi,
            request => request.Body?.Text("model")),
    ];

    static readonly FrozenDictionary<Type, Operation> ByRequest = All.ToFrozenDictionary(operation =>
        operation.Request);
    static readonly FrozenDictionary<string, Operation> ByName = All.ToFrozenDictionary(operation => operation.Name);

    /// <summary>The operation that a request is for.</summary>
    public static Operation For(Type request) => ByRequest[request];

    /// <summary>The operation and model of a request.</summary>
    public static AskedFor CallOf(JobRequest request) =>
        For(request.GetType()) switch { var operation => new(operation.Name, operation.ModelOf(request)) };

    /// <summary>The operation with a name, if there is one.</summary>
    public static Operation? Named(string name) => ByName.GetValueOrDefault(name);
}
