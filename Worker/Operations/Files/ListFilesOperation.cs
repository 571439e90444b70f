using System.Globalization;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations.Files;

/// <summary><c>GET /files</c></summary>
sealed class ListFilesOperation(OpenAIClients openAI) : IOperation<ListFiles, FilesListed>
{
    public async Task<FilesListed> Run(ListFiles request, CancellationToken cancellation)
    {
        Check(request);

        var answer = await openAI.Of(request).Send("GET", Path(request), null, cancellation);

        var result = new FilesListed { RequestId = answer.RequestId };
        return request.Simplify ?? true ? result with { Files = Read(answer), HasMore = answer.Body.Truth("has_more") } : result with { Raw = answer.Body };
    }

    static void Check(ListFiles request)
    {
        NoBody(request);
    }

    static List<ProviderFile> Read(Answer answer) => answer.Body.Member("data") is not null
        ? [.. answer.Body.Items("data").Select(file => ProviderFiles.Read(answer, file))]
        : throw answer.Broken("no list of files");

    static string Path(ListFiles request) => ApiPath.With("files",
        ("purpose", request.Purpose), ("order", request.Order), ("limit", request.Limit?.ToString(CultureInfo.InvariantCulture)), ("after", request.After));
}
