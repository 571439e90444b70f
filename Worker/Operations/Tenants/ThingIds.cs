using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations.Tenants;

/// <summary>An id in a call, and the request's member that has it.</summary>
readonly record struct ThingId(string Member, string Id);

/// <summary>Finds the ids of things at the provider in a call.</summary>
static class ThingIds
{
    static readonly HashSet<string> Names =
    [
        "file_id", "file_ids", "input_file_id", "output_file_id", "error_file_id", "image_file_id", "mask_file_id",
        "training_file", "validation_file",
        "vector_store_id", "vector_store_ids", "conversation", "conversation_id", "previous_response_id", "response_id",
        "container", "container_id",
        "upload_id", "batch_id", "thread_id", "assistant_id",
    ];

    // Members that the provider stores for the sender or passes to a model, and from which it reads no ids.
    static readonly HashSet<string> Free = ["metadata", "schema", "parameters", "input_schema"];

    /// <summary>The ids in a call's body, and in members of <c>extra</c>, which also go into forms.</summary>
    public static IEnumerable<ThingId> In(ProviderAsk ask, JobRequest request) =>
    [
        .. ask.Body is { } body ? In(body) : [],
        .. request.Extra?.SelectMany(pair => Of(NameIn(pair.Key), pair.Value)) ?? [],
        .. (request as CallApi)?.Parts?.Where(part => Names.Contains(NameIn(part.Name)))
        .Select(part => new ThingId("parts", part.Text ?? "")) ?? [],
    ];

    // For a form's field, such as container[file_ids][].
    static string NameIn(string field) => field.Split('[', ']').FirstOrDefault(Names.Contains) ?? field;

    static IEnumerable<ThingId> In(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object =>
            Reference(value).Concat(value.EnumerateObject().SelectMany(member => Of(member.Name, member.Value))),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(In),
        _ => [],
    };

    static IEnumerable<ThingId> Of(string name, JsonElement value) => Free.Contains(name) ? []
        : !Names.Contains(name) ? In(value)
        : value.ValueKind switch
        {
            JsonValueKind.String => [new(MemberOf(name), value.GetString()!)],
            JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Of(name, item)),
            JsonValueKind.Object =>
                (value.Text("id") is { } id ? [new ThingId(MemberOf(name), id)] : Array.Empty<ThingId>())
                    .Concat(In(value)),
            _ => [],
        };

    // A reference to an item of any conversation or response, by its id alone.
    static IEnumerable<ThingId> Reference(JsonElement value) =>
        value.Text("type") is "item_reference" && value.Text("id") is { } id ? [new("extra", id)] : [];

    // In the contracts' spelling.
    static string MemberOf(string name) =>
        name is "conversation" ? "conversationId" : JsonNamingPolicy.CamelCase.ConvertName(
        string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..])));
}
