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
[JsonSerializable(typeof(UploadFile))]
[JsonSerializable(typeof(FileUploaded))]
[JsonSerializable(typeof(OperationFailed))]
[JsonSerializable(typeof(OperationDelayed))]
[JsonSerializable(typeof(CancelJob))]
[JsonSerializable(typeof(CredentialPaused))]
[JsonSerializable(typeof(CredentialResumed))]
public sealed partial class ContractJson : JsonSerializerContext;
