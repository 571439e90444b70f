using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Tenants;

/// <summary>A kind of things that the provider stores, each at its own path.</summary>
/// <param name="Path">The path where they are created and listed.</param>
/// <param name="Member">The contracts' member with the id of one.</param>
/// <param name="Days">The days after which one is deleted; null: it is kept.</param>
sealed record ThingKind(string Path, string Member, int? Days)
{
    static readonly ThingKind[] All =
    [
        new("files", "fileId", null), new("conversations", "conversationId", null),
        new("vector_stores", "vectorStoreIds", null), new("fine_tuning/jobs", "path", null),
        new("uploads", "path", 2), new("containers", "path", 2), new("responses", "previousResponseId", 60),
        new("chat/completions", "path", 60),
    ];

    public static ThingKind? Of(string path) =>
        Array.Find(All, kind => path == kind.Path || path.StartsWith($"{kind.Path}/", StringComparison.Ordinal));
}

/// <summary>The things at the provider in a path.</summary>
static class ThingPaths
{
    // These endpoints store nothing that another tenant could request.
    static readonly HashSet<string> Harmless =
    [
        "embeddings", "moderations", "completions", "rerank", "images/generations", "images/edits", "images/variations",
        "audio/speech", "audio/transcriptions", "audio/translations", "responses/input_tokens",
    ];

    /// <summary>The thing in the path, which owns everything after it.</summary>
    public static ThingId? Of(string path) => Step(path) is { } step ? new(ThingKind.Of(path)!.Member, step) : null;

    /// <summary>The same, but only if nothing follows it.</summary>
    public static ThingId? Whole(string path) =>
        Of(path) is { } thing && path.Count(character =>
            character == '/') == ThingKind.Of(path)!.Path.Count(character => character == '/') + 1
        ? thing : null;

    /// <summary>
    /// Whether a free call names a single thing. A list shows other tenants' things, and an unknown path may do so too.
    /// </summary>
    public static bool IsBounded(ProviderAsk ask) => Of(ask.Path) is not null
        || ask.Method == "POST" && (Harmless.Contains(ask.Path) || ThingKind.Of(ask.Path) is not null)
        || ask.Method == "GET" && (ask.Path == "models" || ask.Path.StartsWith("models/", StringComparison.Ordinal));

    /// <summary>The kind of thing that the call created; null if it created nothing lasting.</summary>
    public static ThingKind? MadeBy(ProviderAsk ask, JsonElement answer) =>
        ask.Method == "POST" && ThingKind.Of(ask.Path) is { } kind && kind.Path == ask.Path && Lasts(kind, ask, answer)
            ? kind
            : null;

    static bool Lasts(ThingKind kind, ProviderAsk ask, JsonElement answer) => kind.Path switch
    {
        "responses" => (answer.Truth("store") ?? ask.Body?.Truth("store")) is not false,
        "chat/completions" => ask.Body?.Truth("store") is true,
        _ => true,
    };

    static string? Step(string path) =>
        !Harmless.Contains(path) && ThingKind.Of(path) is { } kind && path.Length > kind.Path.Length + 1
        ? Uri.UnescapeDataString(path[(kind.Path.Length + 1)..].Split('/')[0]) : null;
}
