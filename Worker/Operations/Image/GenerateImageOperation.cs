using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Bodies;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Image;

/// <summary><c>POST /images/generations</c></summary>
sealed class GenerateImageOperation(OpenAIClients openAI, ClaimChecks payloads)
    : IOperation<GenerateImage, ImageGenerated>
{
    public async Task<ImageGenerated> Run(GenerateImage request, CancellationToken cancellation)
    {
        var rules = RulesOf(request);
        Check(request, rules);

        var body = Body(request, rules).ToContent();
        var drawing = new ImageCall(openAI.Of(request), payloads);
        if (request.RespondWithUrls != true)
            await payloads.Ready(cancellation);
        var drawn = await drawing.Draw("images/generations", body, request.OutputFormat, cancellation);

        return await Keeping.Of(async (isLast, token) => new ImageGenerated
        {
            Images = await drawing.Keep(drawn, isLast, token),
            OtherOutput = drawn.Other,
            Usage = drawn.Usage,
            RequestId = drawn.RequestId,
        });
    }

    static ImageRules RulesOf(GenerateImage request) => new(
        request.Model, request.Prompt, request.Count, request.RespondWithUrls, request.Background, request.OutputFormat,
        request.Compression);

    static void Check(GenerateImage request, ImageRules rules)
    {
        rules.Check(request);
        Never("style", request.Style is not null && (rules.IsDallE2 || rules.IsGptImage),
            "dall-e-3 only. Leave it out, and describe it in the prompt.");
        rules.ForGptImageOnly("moderation", request.Moderation is not null);
    }

    static JsonBody Body(GenerateImage request, ImageRules rules) => new(request)
    {
        { "model", request.Model },
        { "prompt", request.Prompt },
        { "n", request.Count },
        { "quality", request.Quality },
        { "size", request.Size },
        { "style", request.Style },
        { "response_format", rules.ResponseFormat },
        { "background", request.Background },
        { "output_format", request.OutputFormat },
        { "output_compression", request.Compression },
        { "user", request.SafetyIdentifier },
        { "moderation", request.Moderation },
    };
}
