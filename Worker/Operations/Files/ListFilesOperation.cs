using System.Globalization;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Tenants;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Files;

/// <summary><c>GET /files</c></summary>
sealed class ListFilesOperation(OpenAIClients openAI, TenantGate tenants) : IOperation<ListFiles, FilesListed>
{
    public async Task<FilesListed> Run(ListFiles request, CancellationToken cancellation)
    {
        Check(request);

        var answer = await openAI.Of(request).Send("GET", Path(request), null, cancellation);

        var mine = await tenants.Mine(request,
            [.. answer.Body.Items("data").Select(file => file.Text("id")).OfType<string>()], cancellation);
        var result = new FilesListed { RequestId = answer.RequestId };
        return request.Simplify ?? true
            ? result with
            {
                Files = [.. Read(answer).Where(file => mine.Contains(file.Id))],
                HasMore = answer.Body.Truth("has_more")
            }
            : result with { Raw = tenants.IsOpen ? Only(answer.Body, mine) : answer.Body };
    }

    static JsonElement Only(JsonElement list, HashSet<string> mine)
    {
        var body = new JsonBody();
        foreach (var member in list.EnumerateObject().Where(member => member.Name is "object" or "has_more"))
            body.Add(member.Name, member.Value);
        body.Add("data", JsonSerializer.SerializeToElement(
            list.Items("data").Where(file => file.Text("id") is { } id && mine.Contains(id))));
        return body.ToJson();
    }

    static void Check(ListFiles request)
    {
        NoBody(request);
    }

    static List<ProviderFile> Read(ProviderResponse answer) =>
        answer.Body.Member("data") is { ValueKind: JsonValueKind.Array }
        ? [.. answer.Body.Items("data").Select(file => ProviderFiles.Read(answer, file))]
        : throw answer.Broken("something other than a list of files");

    static string Path(ListFiles request) => ApiPath.With("files",
        ("purpose", request.Purpose), ("order", request.Order),
        ("limit", request.Limit?.ToString(CultureInfo.InvariantCulture)), ("after", request.After));
}
