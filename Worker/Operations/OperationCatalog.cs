using OpenAIWorker.Contracts;
using OpenAIWorker.Operations.Files;
using OpenAIWorker.Operations.Text;

namespace OpenAIWorker.Operations;

/// <summary>The table of contents: what this worker can do. The name is the queue's last word and the routing key.</summary>
static class OperationCatalog
{
    public static readonly IReadOnlyList<Operation> All =
    [
        Operation.Of<MessageModelOperation, MessageModel, ModelMessaged>("message-model", ContractJson.Default.MessageModel, request => request.Model),
        Operation.Of<ClassifyTextOperation, ClassifyText, TextClassified>("classify-text", ContractJson.Default.ClassifyText, request => request.Model),
        Operation.Of<UploadFileOperation, UploadFile, FileUploaded>("upload-file", ContractJson.Default.UploadFile, _ => null),
    ];

    /// <summary>The operation that a request is for.</summary>
    public static Operation For(Type request) => All.Single(operation => operation.Request == request);

    /// <summary>The operation of a name, if there is one.</summary>
    public static Operation? Named(string name) => All.FirstOrDefault(operation => operation.Name == name);
}
