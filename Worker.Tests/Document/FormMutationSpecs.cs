using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Json;
using OpenAIWorker.Tests.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Document;

/// <summary>
/// The forms that the worker sends for the examples, with one field changed: the emulator refuses what OpenAI's
/// document refuses.
/// </summary>
public sealed class FormMutationSpecs
{
    static readonly string[] Others = ["nonsense", "7", "-1.5", "1000000000", "true", ""];

    public static TheoryData<string> Forms =>
    [
        "upload-file.full.request.json", "edit-image.full.request.json", "transcribe-audio.full.request.json",
        "transcribe-audio.logprobs.full.request.json", "transcribe-audio.speakers.full.request.json",
        "translate-audio.full.request.json",
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_emulators_verdict_of_a_form_is_the_documents(string file)
    {
        var document = OpenAIDocument.Needed();
        await using var worker = await EmbeddedWorker.Start();
        await worker.End((JobRequest)WithoutAddresses(ExampleRequestSpecs.Variants(new(file)).First())
            .Deserialize(new Example(file).Type, ContractJson.Default)!);
        var call = worker.Emulator.Calls.Single(call =>
            call.Path.StartsWith("/v1/", StringComparison.Ordinal) && call.Body.ValueKind == JsonValueKind.Object);
        var schema = document.Request(call.Method, call.Path["/v1".Length..], isForm: true)!;
        await using var emulator = await OpenAIEmulator.Start();
        using var http = new HttpClient { BaseAddress = emulator.BaseUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key");
        var wrong = new List<string>();

        foreach (var (place, form) in Mutations(call.Body))
            wrong.AddRange(await Judge(document, schema, http, call.Path, place, form));

        Assert.True(wrong.Count == 0, $"{wrong.Count} verdicts differ:\n{string.Join('\n', wrong.Take(40))}");
    }

    // An image by address is sent as JSON.
    static JsonObject WithoutAddresses(JsonObject job)
    {
        (job["images"] as JsonArray)?.RemoveAll(image => image?["url"] is not null);
        return job;
    }

    static async Task<string[]> Judge(OpenAIDocument document, string schema, HttpClient http, string path,
        string place, JsonObject form)
    {
        using var content = Content(form);
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content,
            TestContext.Current.CancellationToken);
        var meant = FormReading.Read(document, schema, JsonSerializer.SerializeToElement(form));
        var isTaken = (int)answer.StatusCode != 400;
        if (document.IsValid(schema, meant) == isTaken)
            return [];
        var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return isTaken ? [$"{place} is taken, and wrong by the document: {document.Problems(schema, meant)[0]}"]
            : EmulatorRules.Beyond(said) is null
            ? [$"{place} is refused, and right by the document: {Excerpt.Marked(said, 160)}"]
            : [];
    }

    static IEnumerable<(string Place, JsonObject Form)> Mutations(JsonElement body)
    {
        var fields = JsonNode.Parse(body.GetRawText())!.AsObject();
        foreach (var (name, value) in fields)
        {
            yield return ($"without {name}", With(fields, name, null));
            // A form distinguishes a text that stands for a file only by its name, which the document does not know.
            foreach (var other in Others.Where(other =>
                !IsFile(value) && (value is not JsonValue text || text.GetValue<string>() != other)))
                yield return ($"{name} = '{other}'", With(fields, name, JsonValue.Create(other)));
        }
        yield return ("with x", With(fields, "x", JsonValue.Create("1")));
    }

    static JsonObject With(JsonObject fields, string name, JsonNode? value)
    {
        var changed = fields.DeepClone().AsObject();
        changed.Remove(name);
        if (value is not null)
            changed[name] = value;
        return changed;
    }

    static MultipartFormDataContent Content(JsonObject form)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in form)
            Add(content, name, value!);
        return content;
    }

    static void Add(MultipartFormDataContent content, string name, JsonNode value)
    {
        switch (value)
        {
            case JsonArray items:
                foreach (var item in items)
                    Add(content, $"{name}[]", item!);
                break;
            case JsonObject file when IsFile(file):
                content.Add(FileOf(file), $"\"{name}\"", $"\"{file["filename"]}\"");
                break;
            case JsonObject inner:
                foreach (var (member, one) in inner)
                    Add(content, $"{name}[{member}]", one!);
                break;
            default:
                content.Add(new StringContent(value.GetValue<string>()), $"\"{name}\"");
                break;
        }
    }

    static bool IsFile(JsonNode? value) =>
        value is JsonObject file && file["sha256"] is not null || value is JsonArray items && items.Any(IsFile);

    static ByteArrayContent FileOf(JsonObject file) =>
        new(Convert.FromBase64String(ExampleRequestSpecs.Bytes))
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse(
            file["content_type"]?.ToString() ?? "image/png") }
        };
}
