using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Cli.Send;

/// <summary>Finds the bytes in an ending, whichever member has them: sound, images, files.</summary>
static class EndingFiles
{
    public static IEnumerable<BinaryOutput> In(JsonElement ending) => ending.ValueKind switch
    {
        JsonValueKind.Object when IsFile(ending) => [ending.Deserialize(ContractJson.Default.BinaryOutput)!],
        // The API's raw answer would have the same bytes again.
        JsonValueKind.Object =>
            ending.EnumerateObject().Where(member => member.Name != "raw").SelectMany(member => In(member.Value)),
        JsonValueKind.Array => ending.EnumerateArray().SelectMany(In),
        _ => [],
    };

    static bool IsFile(JsonElement json) =>
        json.Text("sha256") is not null && (json.Text("base64") is not null || json.Member("payload") is not null);
}
