using System.Text.Json.Nodes;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>
/// What an answer cites. For file search: the first file of the stores. For the code interpreter: a file that it made,
/// if the user mentions a chart.
/// </summary>
sealed class Citations(VectorStores stores, Containers containers)
{
    public IReadOnlyList<JsonElement> Of(ApiCall call) =>
        [.. new[] { Searched(call.Body), Made(call) }.OfType<JsonObject>()
            .Select(annotation => JsonSerializer.SerializeToElement(annotation))];

    JsonObject? Searched(JsonElement body)
    {
        var searched = Tools(body, "file_search").SelectMany(tool => tool.Items("vector_store_ids"))
            .Select(id => id.GetString()!);
        return stores.FirstFile(searched) is not { } file ? null : new JsonObject
        {
            ["type"] = "file_citation",
            ["index"] = 0,
            ["file_id"] = file.Id,
            ["filename"] = file.Name,
        };
    }

    JsonObject? Made(ApiCall call)
    {
        if (!call.Prompt.Text.Contains("chart", StringComparison.OrdinalIgnoreCase)
            || !Tools(call.Body, "code_interpreter").Any())
        {
            return null;
        }

        var (container, file) = containers.Make();
        return new()
        {
            ["type"] = "container_file_citation",
            ["container_id"] = container,
            ["file_id"] = file,
            ["filename"] = Containers.FileName,
            ["start_index"] = 0,
            ["end_index"] = 0,
        };
    }

    static IEnumerable<JsonElement> Tools(JsonElement body, string type) =>
        body.Items("tools").Where(tool => tool.Is("type", type));
}
