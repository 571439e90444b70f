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
            json => json.MessageModel, request => request.Model),
        Operation.Of<ClassifyTextOperation, ClassifyText, TextClassified>("classify-text",
            json => json.ClassifyText, request => request.Model),
        Operation.Of<GenerateImageOperation, GenerateImage, ImageGenerated>("generate-image",
            json => json.GenerateImage, request => request.Model),
        Operation.Of<EditImageOperation, EditImage, ImageEdited>("edit-image", json => json.EditImage,
            request => request.Model),
        Operation.Of<GenerateSpeechOperation, GenerateSpeech, SpeechGenerated>("generate-speech",
            json => json.GenerateSpeech, request => request.Model),
        Operation.Of<TranscribeAudioOperation, TranscribeAudio, AudioTranscribed>("transcribe-audio",
            json => json.TranscribeAudio, request => request.Model),
        Operation.Of<TranslateAudioOperation, TranslateAudio, AudioTranslated>("translate-audio",
            json => json.TranslateAudio, request => request.Model),
        Operation.Of<UploadFileOperation, UploadFile, FileUploaded>("upload-file", json => json.UploadFile,
            _ => null),
        Operation.Of<AnalyzeImageOperation, AnalyzeImage, ImageAnalyzed>("analyze-image",
            json => json.AnalyzeImage, request => request.Model),
        Operation.Of<CreateEmbeddingsOperation, CreateEmbeddings, EmbeddingsCreated>("create-embeddings",
            json => json.CreateEmbeddings, request => request.Model),
        Operation.Of<ListFilesOperation, ListFiles, FilesListed>("list-files", json => json.ListFiles,
            _ => null),
        Operation.Of<DeleteFileOperation, DeleteFile, FileDeleted>("delete-file", json => json.DeleteFile,
            _ => null),
        Operation.Of<CreateConversationOperation, CreateConversation, ConversationCreated>("create-conversation",
            json => json.CreateConversation, _ => null),
        Operation.Of<GetConversationOperation, GetConversation, ConversationRetrieved>("get-conversation",
            json => json.GetConversation, _ => null),
        Operation.Of<UpdateConversationOperation, UpdateConversation, ConversationUpdated>("update-conversation",
            json => json.UpdateConversation, _ => null),
        Operation.Of<DeleteConversationOperation, DeleteConversation, ConversationDeleted>("delete-conversation",
            json => json.DeleteConversation, _ => null),
        Operation.Of<CreateAssistantOperation, CreateAssistant, AssistantCreated>("create-assistant",
            json => json.CreateAssistant, _ => null),
        Operation.Of<UpdateAssistantOperation, UpdateAssistant, AssistantUpdated>("update-assistant",
            json => json.UpdateAssistant, _ => null),
        Operation.Of<ListAssistantsOperation, ListAssistants, AssistantsListed>("list-assistants",
            json => json.ListAssistants, _ => null),
        Operation.Of<MessageAssistantOperation, MessageAssistant, AssistantMessaged>("message-assistant",
            json => json.MessageAssistant, _ => null),
        Operation.Of<DeleteAssistantOperation, DeleteAssistant, AssistantDeleted>("delete-assistant",
            json => json.DeleteAssistant, _ => null),
        Operation.Of<CallApiOperation, CallApi, ApiCalled>("call-api", json => json.CallApi,
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
