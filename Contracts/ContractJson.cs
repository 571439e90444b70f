using System.Text.Json;
using System.Text.Json.Serialization;

namespace OpenAIWorker.Contracts;

/// <summary>
/// The contracts' JSON, generated at build time: camelCase, absent members omitted. For producers and subscribers that use no
/// MassTransit: <c>JsonSerializer.SerializeToUtf8Bytes(job, ContractJson.Default.MessageModel)</c>.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageModel))]
[JsonSerializable(typeof(ModelMessaged))]
[JsonSerializable(typeof(ClassifyText))]
[JsonSerializable(typeof(TextClassified))]
[JsonSerializable(typeof(GenerateImage))]
[JsonSerializable(typeof(ImageGenerated))]
[JsonSerializable(typeof(EditImage))]
[JsonSerializable(typeof(ImageEdited))]
[JsonSerializable(typeof(GenerateSpeech))]
[JsonSerializable(typeof(SpeechGenerated))]
[JsonSerializable(typeof(TranscribeAudio))]
[JsonSerializable(typeof(AudioTranscribed))]
[JsonSerializable(typeof(TranslateAudio))]
[JsonSerializable(typeof(AudioTranslated))]
[JsonSerializable(typeof(UploadFile))]
[JsonSerializable(typeof(FileUploaded))]
[JsonSerializable(typeof(AnalyzeImage))]
[JsonSerializable(typeof(ImageAnalyzed))]
[JsonSerializable(typeof(CreateEmbeddings))]
[JsonSerializable(typeof(EmbeddingsCreated))]
[JsonSerializable(typeof(ListFiles))]
[JsonSerializable(typeof(FilesListed))]
[JsonSerializable(typeof(DeleteFile))]
[JsonSerializable(typeof(FileDeleted))]
[JsonSerializable(typeof(CreateConversation))]
[JsonSerializable(typeof(ConversationCreated))]
[JsonSerializable(typeof(GetConversation))]
[JsonSerializable(typeof(ConversationRetrieved))]
[JsonSerializable(typeof(UpdateConversation))]
[JsonSerializable(typeof(ConversationUpdated))]
[JsonSerializable(typeof(DeleteConversation))]
[JsonSerializable(typeof(ConversationDeleted))]
[JsonSerializable(typeof(CallApi))]
[JsonSerializable(typeof(ApiCalled))]
[JsonSerializable(typeof(OperationFailed))]
[JsonSerializable(typeof(OperationDelayed))]
[JsonSerializable(typeof(CancelJob))]
[JsonSerializable(typeof(CredentialPaused))]
[JsonSerializable(typeof(CredentialResumed))]
public sealed partial class ContractJson : JsonSerializerContext;
