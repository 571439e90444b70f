using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.Streams;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>
/// Files that the code interpreter made. Their container expires after a while, so they are fetched together with the
/// answer that cites them.
/// </summary>
sealed class CitedFiles(OpenAIClients openAI)
{
    const int Tries = 3;

    /// <summary>The type of a citation of such a file.</summary>
    public const string Type = "container_file_citation";

    /// <summary>The files, in memory.</summary>
    public async Task<IReadOnlyList<InHand>> By(JobRequest request, JsonElement body, CancellationToken cancellation)
    {
        var files = new List<InHand>();
        foreach (var citation in Citations(body).DistinctBy(citation => citation.Text("file_id")))
        {
            if (await Fetch(request, citation, cancellation) is { } file)
                files.Add(file);
        }
        return files;
    }

    static IEnumerable<JsonElement> Citations(JsonElement body) =>
        from part in body.Items("output").SelectMany(item => item.Items("content"))
        from citation in part.Items("annotations")
        where citation.Text("type") == Type && citation.Text("container_id") is { Length: > 0 }
            && citation.Text("file_id") is { Length: > 0 }
        select citation;

    // The answer is not requested again because a file is gone or cannot be fetched: the citation shows what is
    // missing.
    Task<InHand?> Fetch(JobRequest request, JsonElement citation, CancellationToken cancellation) =>
        NotFoundAsNull.OrNothing(async () =>
    {
        var id = citation.Text("file_id")!;
        var path =
            $"{ApiPath.Of("containers", "container_id", citation.Text("container_id"))}"
                + $"/{ApiPath.Of("files", "file_id", id)}/content";
        await using var file = await openAI.Of(request).Open("GET", path, null, cancellation);
        var name = Path.GetFileName(citation.Text("filename")) is { Length: > 0 } given ? given : id;
        return await InHand.Take(await file.Contents(name, cancellation),
            ContentTypes.OfName(name) ?? file.MediaType ?? ContentTypes.Unknown, name, cancellation);
    }, Tries);
}
