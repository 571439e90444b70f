using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Errors;

namespace OpenAIWorker.Operations.Other;

/// <summary>The files of a form, open until the call is over.</summary>
sealed class FormParts(ClaimChecks payloads) : IAsyncDisposable
{
    const long MostBytes = 512 * 1024 * 1024;

    readonly List<Payload> files = [];

    public async Task<MultipartBody> Open(CallApi request, CancellationToken cancellation)
    {
        var body = new MultipartBody(request);
        foreach (var texts in request.Parts!.Where(part => part.Text is not null).GroupBy(part => part.Name))
            body.Add(texts.Key, texts.Select(part => part.Text!));
        foreach (var (index, part) in request.Parts!.Index().Where(part => part.Item.File is not null))
        {
            var file = await payloads.Open($"parts[{index}].file", part.File!, MostBytes, cancellation);
            files.Add(file);
            body.Add(part.Name, file.Content, file.FileName, file.ContentType, file.Length);
        }
        return body;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in files)
            await file.DisposeAsync();
    }
}
