using System.ClientModel;
using System.Collections;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;

namespace OpenAIWorker.Upstream.Bodies;

/// <summary>
/// A request body as a table of wire names and values. Null values are omitted, so that the API's own defaults apply.
/// It is written as members are added, without a tree in between.
/// </summary>
sealed class JsonBody : IEnumerable
{
    static readonly JsonDocumentOptions AsDeepAsAnswers = new() { MaxDepth = Json.LenientJson.Deepest + 2 };

    readonly JobRequest? request;
    JsonScratch? scratch;
    bool isEnded;

    public JsonBody() : this(null) { }

    /// <summary>The body of a request, merged with its <c>extra</c> members.</summary>
    public JsonBody(JobRequest? request) => this.request = request;

    public bool IsEmpty => scratch is null;

    public void Add(string name, string? value) => Add(name, value, static (json, text) => json.WriteStringValue(text));

    public void Add(string name, bool? value) =>
        Add(name, value, static (json, truth) => json.WriteBooleanValue(truth!.Value));

    public void Add(string name, long? value) =>
        Add(name, value, static (json, number) => json.WriteNumberValue(number!.Value));

    public void Add(string name, double? value) =>
        Add(name, value, static (json, number) => json.WriteNumberValue(number!.Value));

    public void Add(string name, JsonElement? value) =>
        Add(name, value, static (json, element) => element!.Value.WriteTo(json));

    public void Add(string name, IEnumerable<string>? values) => Add(name, values, static (json, texts) =>
    {
        json.WriteStartArray();
        foreach (var text in texts!)
            json.WriteStringValue(text);
        json.WriteEndArray();
    });

    public void Add(string name, IReadOnlyDictionary<string, string>? pairs) => Add(name, pairs, static (json, pairs) =>
    {
        json.WriteStartObject();
        foreach (var (key, value) in pairs!)
            json.WriteString(key, value);
        json.WriteEndObject();
    });

    /// <summary>A nested object, omitted if it is empty.</summary>
    public void Add(string name, JsonBody? inner) =>
        Add(name, inner is { IsEmpty: false } ? inner : null, static (json, inner) => inner!.WriteTo(json));

    public void Add(string name, IEnumerable<JsonBody>? items) => Add(name, items, static (json, items) =>
    {
        json.WriteStartArray();
        foreach (var item in items!)
            item.WriteTo(json);
        json.WriteEndArray();
    });

    /// <summary>The body as JSON, to be read here or to be part of another. It can be ended only once.</summary>
    public JsonElement ToJson() => End(static written => JsonElement.Parse(written, AsDeepAsAnswers));

    public BinaryContent ToContent() =>
        BinaryContent.Create(BinaryData.FromBytes(End(static written => written.ToArray())));

    IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException("A body is written, not read.");

    void Add<T>(string name, T? value, Action<Utf8JsonWriter, T> write)
    {
        if (value is not null)
            write(Member(name), value);
    }

    Utf8JsonWriter Member(string name)
    {
        var writer = Begun();
        writer.WritePropertyName(name);
        return writer;
    }

    // Most nested bodies stay empty, and are omitted.
    Utf8JsonWriter Begun()
    {
        ObjectDisposedException.ThrowIf(isEnded, this);
        if (scratch is not null)
            return scratch.Json;
        scratch = JsonScratch.Take();
        scratch.Json.WriteStartObject();
        return scratch.Json;
    }

    void WriteTo(Utf8JsonWriter outer) => End(written =>
    {
        outer.WriteRawValue(written, skipInputValidation: true);
        return true;
    });

    T End<T>(Func<ReadOnlySpan<byte>, T> use)
    {
        Begun().WriteEndObject();
        if (request is { Extra.Count: > 0 })
            Merge(request);
        var result = use(scratch!.Written());
        // Another body may use it now.
        scratch.GiveBack();
        isEnded = true;
        return result;
    }

    void Merge(JobRequest request)
    {
        var merged = JsonScratch.Take();
        ExtraMembers.Merge(merged.Json, JsonElement.Parse(scratch!.Written(), AsDeepAsAnswers), request);
        scratch.GiveBack();
        scratch = merged;
    }
}
