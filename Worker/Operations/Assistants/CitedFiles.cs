using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Assistants;

/// <summary>Files that the code interpreter made. Their container is gone after a while, so they are taken along with the answer that cites them.</summary>
sealed class CitedFiles(OpenAIClients openAI, ClaimChecks payloads)
{
    public async Task<IReadOnlyList<BinaryOutput>?> By(JobRequest request, ModelMessaged answer, CancellationToken cancellation)
    {
        var files = new List<BinaryOutput>();
        var cited = (answer.Annotations ?? []).Where(annotation => annotation.Text("type") == "container_file_citation");
        foreach (var citation in cited.DistinctBy(citation => citation.Text("file_id")))
        {
            var path = $"{ApiPath.Of("containers", "container_id", citation.Text("container_id"))}/{ApiPath.Of("files", "file_id", citation.Text("file_id"))}/content";
            // An answer that was found late may cite what is gone.
            await using var file = await openAI.Of(request).Open("GET", path, null, cancellation).OrNothing();
            if (file is not null)
                files.Add(await Keep(file, citation.Text("filename") ?? citation.Text("file_id")!, cancellation));
        }
        return files.Count > 0 ? files : null;
    }

    Task<BinaryOutput> Keep(Download file, string name, CancellationToken cancellation) =>
        payloads.Keep(file.Content, ContentTypes.OfName(name) ?? file.MediaType ?? ContentTypes.Unknown, Path.GetFileName(name), cancellation);
}
