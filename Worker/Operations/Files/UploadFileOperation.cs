using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Files;

/// <summary><c>POST /files</c></summary>
sealed class UploadFileOperation(OpenAIClients openAI, ClaimChecks payloads) : IOperation<UploadFile, FileUploaded>
{
    const long MostBytes = 512 * 1024 * 1024;

    const string UsualPurpose = "assistants";

    public async Task<FileUploaded> Run(UploadFile request, CancellationToken cancellation)
    {
        Check(request);

        await using var file = await payloads.Open("file", request.File!, MostBytes, cancellation);
        var answer = await openAI.Of(request).Send("POST", "files", Body(request, file), cancellation);

        var result = new FileUploaded { RequestId = answer.RequestId };
        return request.Simplify ?? true
            ? result with { File = ProviderFiles.Read(answer, answer.Body) }
            : result with { Raw = answer.Body };
    }

    static void Check(UploadFile request)
    {
        Needed("file", request.File is not null, "give its url, base64 or payload.");
    }

    static MultipartBody Body(UploadFile request, Payload file) => new(request)
    {
        { "purpose", request.Purpose ?? request.Unless(UsualPurpose, "purpose") },
        { "expires_after[anchor]", request.ExpiresAfter is null ? null : "created_at" },
        { "expires_after[seconds]", (long?)request.ExpiresAfter?.TotalSeconds },
        { "file", file.Content, file.FileName, file.ContentType, file.Length },
    };
}
