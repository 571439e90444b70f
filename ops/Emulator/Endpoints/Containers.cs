using System.Collections.Concurrent;
using System.Text;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>Where code runs. It always makes the same file.</summary>
sealed class Containers
{
    public const string FileName = "chart.csv";

    static readonly byte[] File = Encoding.UTF8.GetBytes("month,sum\n1,47\n2,11\n");

    readonly ConcurrentDictionary<(string Container, string File), byte[]> files = new();

    public ApiEndpoint[] Endpoints => [new("GET", "/v1/containers/{id}/files/{file}/content") { Answer = Download }];

    /// <summary>Makes a file in a new container.</summary>
    public (string Container, string File) Make()
    {
        var id = (NewId.Of("cntr_"), NewId.Of("cfile_"));
        files[id] = File;
        return id;
    }

    Answer Download(ApiCall call)
    {
        var file = (string)call.Http.Request.RouteValues["file"]!;
        return files.TryGetValue((call.Id, file), out var bytes)
            ? new(200, bytes, "application/octet-stream")
            : Answer.Refusing(ApiError.NotFound("Container file", file));
    }
}
