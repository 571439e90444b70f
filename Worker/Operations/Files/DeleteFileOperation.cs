using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Files;

/// <summary><c>DELETE /files/{id}</c></summary>
sealed class DeleteFileOperation(OpenAIClients openAI) : IOperation<DeleteFile, FileDeleted>
{
    public async Task<FileDeleted> Run(DeleteFile request, CancellationToken cancellation)
    {
        NoBody(request);

        var answer = await openAI.Of(request).Delete(ApiPath.Of("files", "fileId", request.FileId), cancellation);

        return new()
        {
            FileId = answer.Body.Id() ?? request.FileId,
            Deleted = answer.Body.Truth("deleted"),
            RequestId = answer.RequestId
        };
    }
}
