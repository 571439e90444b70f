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
[JsonSerializable(typeof(OperationFailed))]
[JsonSerializable(typeof(OperationDelayed))]
[JsonSerializable(typeof(CancelJob))]
[JsonSerializable(typeof(CredentialPaused))]
[JsonSerializable(typeof(CredentialResumed))]
public sealed partial class ContractJson : JsonSerializerContext;
