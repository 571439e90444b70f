using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations.Files;

/// <summary><c>DELETE /files/{id}</c></summary>
sealed class DeleteFileOperation(OpenAIClients openAI) : IOperation<DeleteFile, FileDeleted>
{
    public async Task<FileDeleted> Run(DeleteFile request, CancellationToken cancellation)
    {
        NoBody(request);

        var answer = await openAI.Of(request).Send("DELETE", ApiPath.Of("files", "fileId", request.FileId), null, cancellation);

        return new() { FileId = answer.Body.Text("id"), Deleted = answer.Body.Truth("deleted"), RequestId = answer.RequestId };
    }
}
