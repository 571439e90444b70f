using System.ClientModel;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Image;

/// <summary><c>POST /images/edits</c></summary>
sealed class EditImageOperation(OpenAIClients openAI, ClaimChecks payloads) : IOperation<EditImage, ImageEdited>
{
    public async Task<ImageEdited> Run(EditImage request, CancellationToken cancellation)
    {
        var rules = RulesOf(request);
        Check(request, rules);

        await using var originals = new SourceImages(payloads);
        await originals.Open(request, cancellation);
        BinaryContent body = SourceImages.AreAtProvider(request)
            ? await References(request, originals, cancellation)
            : Body(request, rules, originals);
        var drawing = new ImageCall(openAI.Of(request), payloads);
        await payloads.Ready(cancellation);
        var drawn = await drawing.Draw("images/edits", body, request.OutputFormat, cancellation);

        return await Keeping.Of(async (isLast, token) => new ImageEdited
        {
            Images = await drawing.Keep(drawn, isLast, token),
            OtherOutput = drawn.Other,
            Usage = drawn.Usage,
            RequestId = drawn.RequestId,
        });
    }

    static ImageRules RulesOf(EditImage request) => new(
        request.Model, request.Prompt, request.Count, request.RespondWithUrls, request.Background, request.OutputFormat,
        request.Compression);

    static void Check(EditImage request, ImageRules rules)
    {
        rules.Check(request);
        Never("model", rules.IsDallE3, "dall-e-3 cannot edit images.");
        Needed("images", request.Images is not null, "give at least one.");
        Count("images", request.Images, 1, rules.IsDallE2 ? 1 : 16);
        foreach (var (index, image) in request.Images!.Index())
            Source($"images[{index}]", image, rules);
        if (request.Mask is not null)
            Source("mask", request.Mask, rules);
        rules.ForGptImageOnly("inputFidelity", request.InputFidelity is not null);
    }

    static void Source(string here, SourceImage image, ImageRules rules)
    {
        Never($"{here}.imageUrl", image.ImageUrl is not null && !ImageParts.IsImageUrl(image.ImageUrl),
            "must be an https address or a data: URL.");
        Never(here, rules.IsDallE2 && SourceImages.IsAtProvider(image),
            "dall-e-2 accepts only bytes. Give url, base64 or payload.");
    }

    // The form takes bytes; JSON takes images that the provider has or fetches.
    static async Task<BinaryContent> References(EditImage request, SourceImages originals,
        CancellationToken cancellation) => new JsonBody(request)
    {
        { "model", request.Model },
        { "prompt", request.Prompt },
        { "images", await originals.References(request.Images!, cancellation) },
        { "mask", request.Mask is { } mask ? (await originals.References([mask], cancellation))[0] : null },
        { "n", request.Count },
        { "quality", request.Quality },
        { "size", request.Size },
        { "input_fidelity", request.InputFidelity },
        { "background", request.Background },
        { "output_format", request.OutputFormat },
        { "output_compression", request.Compression },
        { "user", request.SafetyIdentifier },
    }.ToContent();

    static MultipartBody Body(EditImage request, ImageRules rules, SourceImages originals)
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
        { "user", request.SafetyIdentifier },
        };
        originals.AddTo(body);
        return body;
    }
}
