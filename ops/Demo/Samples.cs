using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Demo;

/// <summary>The jobs to show.</summary>
static class Samples
{
    /// <summary>Finds <c>ops/samples/jobs.jsonl</c> from any folder of the repository.</summary>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "ops", "samples", "jobs.jsonl");
            if (File.Exists(file))
                return file;
        }
        throw new FileNotFoundException(
            "ops/samples/jobs.jsonl is not above the demo's folder. Name a file of jobs as its argument.");
    }

    public static IReadOnlyList<JobRequest> Read(string file) =>
        [.. File.ReadLines(file).Where(line => line.Trim().Length > 0).Select(Job)];

    static JobRequest Job(string line)
    {
        var json = JsonNode.Parse(line)!.AsObject();
        var operation = OperationCatalog.Named((string)json["operation"]!)!;
        json.Remove("operation");
        return (JobRequest)json.Deserialize(operation.Json)!;
    }
}
