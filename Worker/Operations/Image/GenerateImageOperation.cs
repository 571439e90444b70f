using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;
using static OpenAIWorker.Operations.RequestCheck;

namespace OpenAIWorker.Operations.Image;

/// <summary><c>POST /images/generations</c></summary>
sealed class GenerateImageOperation(OpenAIClients openAI, ClaimChecks payloads) : IOperation<GenerateImage, ImageGenerated>
{
    public async Task<ImageGenerated> Run(GenerateImage request, CancellationToken cancellation)
    {
        var options = OptionsOf(request);
        Check(request, options);

        var body = Body(request, options).ToContent();
        var drawn = await new Drawing(openAI.Of(request), payloads).Draw("images/generations", body, request.OutputFormat, cancellation);

        return new() { Images = drawn.Images, Usage = drawn.Usage, RequestId = drawn.RequestId };
    }

    static ImageOptions OptionsOf(GenerateImage request) => new(
        request.Model, request.Prompt, request.Count, request.RespondWithUrls, request.Background, request.OutputFormat, request.Compression);

    static void Check(GenerateImage request, ImageOptions options)
    {
        options.Check(request);
        OneOf("style", request.Style, "natural", "vivid");
        Never("style", request.Style is not null && (options.IsDallE2 || options.IsGptImage), "dall-e-3 only. Leave it out, and say it in the prompt.");
        OneOf("moderation", request.Moderation, "low", "auto");
        options.ForGptImageOnly("moderation", request.Moderation is not null);
    }

    static JsonBody Body(GenerateImage request, ImageOptions options) => new(request)
    {
        { "model", request.Model },
        { "prompt", request.Prompt },
        { "n", request.Count },
        { "quality", request.Quality },
        { "size", request.Size },
        { "style", request.Style },
        { "response_format", options.ResponseFormat },
        { "background", request.Background },
        { "output_format", request.OutputFormat },
        { "output_compression", request.Compression },
        { "moderation", request.Moderation },
    };
}
