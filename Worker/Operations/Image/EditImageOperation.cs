using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations.Image;

/// <summary><c>POST /images/edits</c></summary>
sealed class EditImageOperation(OpenAIClients openAI, ClaimChecks payloads) : IOperation<EditImage, ImageEdited>
{
    public async Task<ImageEdited> Run(EditImage request, CancellationToken cancellation)
    {
        var rules = RulesOf(request);
        Check(request, rules);

        await using var originals = new Originals(payloads);
        await originals.Open(request, cancellation);
        var body = Body(request, rules, originals);
        var drawing = new Drawing(openAI.Of(request), payloads);
        await payloads.Ready(cancellation);
        var drawn = await drawing.Draw("images/edits", body, request.OutputFormat, cancellation);

        return await Keeping.Of(async (isLast, token) => new ImageEdited
        {
            Images = await drawing.Keep(drawn, isLast, token),
            Usage = drawn.Usage,
            RequestId = drawn.RequestId,
        });
    }

    static ImageRules RulesOf(EditImage request) => new(
        request.Model, request.Prompt, request.Count, request.RespondWithUrls, request.Background, request.OutputFormat, request.Compression);

    static void Check(EditImage request, ImageRules rules)
    {
        rules.Check(request);
        Never("model", rules.IsDallE3, "dall-e-3 edits no images.");
        Needed("images", request.Images is not null, "give at least one.");
        Count("images", request.Images, 1, rules.IsDallE2 ? 1 : 16);
        foreach (var (index, image) in request.Images!.Index())
            Never($"images[{index}]", image is null, "is null.");
        OneOf("inputFidelity", request.InputFidelity, "high", "low");
        rules.ForGptImageOnly("inputFidelity", request.InputFidelity is not null);
    }

    static MultipartBody Body(EditImage request, ImageRules rules, Originals originals)
    {
        var body = new MultipartBody(request)
        {
            { "model", request.Model },
            { "prompt", request.Prompt },
            { "n", request.Count },
            { "quality", request.Quality },
            { "size", request.Size },
            { "input_fidelity", request.InputFidelity },
            { "response_format", rules.ResponseFormat },
            { "background", request.Background },
            { "output_format", request.OutputFormat },
            { "output_compression", request.Compression },
        };
        originals.AddTo(body);
        return body;
    }
}
