using System.Collections.Concurrent;
using System.Text.Json;
using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Json;
using OpenAIWorker.Tests.Document;

[assembly: AssemblyFixture(typeof(DocumentWatch))]

namespace OpenAIWorker.Tests.Document;

/// <summary>
/// Checks every call of every test against OpenAI's document: what the emulator accepts and answers must match it. The
/// run fails at its end, with each kind of error once.
/// </summary>
public sealed class DocumentWatch : IDisposable
{
    const string Error = "ErrorResponse";
    const int LongestChecked = 256 * 1024;

    readonly ConcurrentDictionary<string, string> faults = new();
    readonly ConcurrentDictionary<string, bool> seen = new();
    readonly OpenAIDocument? document = OpenAIDocument.Found;

    public DocumentWatch()
    {
        if (document is not null)
            OpenAIEmulator.Witness = Look;
    }

    public void Dispose()
    {
        OpenAIEmulator.Witness = null;
        if (!faults.IsEmpty)
            Assert.Fail(
                $"{faults.Count} calls are not as OpenAI's document "
                    + $"says:\n{string.Join("\n\n", faults.Values.Order(StringComparer.Ordinal))}");
    }

    void Look(WitnessedCall seenCall)
    {
        try
        {
            Judge(seenCall);
        }
        catch (Exception broken)
        {
            faults[broken.Message] = $"The check itself failed: {broken}";
        }
    }

    void Judge(WitnessedCall witnessed)
    {
        var call = witnessed.Call;
        var path = call.Path.Split('?')[0]["/v1".Length..];
        if (!witnessed.IsRefused && call.Body.ValueKind == JsonValueKind.Object
            && document!.Request(call.Method, path, IsForm(call)) is { } request)
            Judge($"{call.Method} {path}, request", request,
                IsForm(call) ? FormReading.Read(document, request, call.Body) : call.Body);
        if (witnessed.Answer is { } answer
            && (witnessed.Status < 300 ? document!.Response(call.Method, path) : Error) is { } response)
            Judge($"{call.Method} {path}, answer", response, answer);
    }

    void Judge(string what, string schema, JsonElement value)
    {
        var text = value.GetRawText();
        if (text.Length > LongestChecked || !seen.TryAdd($"{schema}\n{text}", true))
            return;
        if (document!.Problems(schema, value) is [var first, ..] problems)
            faults.TryAdd($"{schema} {first}",
                $"{what}:\n  {string.Join("\n  ", problems.Take(6))}\n  {Excerpt.Marked(text, 1_500)}");
    }

    static bool IsForm(ReceivedCall call) =>
        call.Headers.GetValueOrDefault("Content-Type")?.StartsWith("multipart/", StringComparison.Ordinal) == true;
}
