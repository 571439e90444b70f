using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Messages;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage;
using OpenAIWorker.Upstream;
using OpenAIWorker.Upstream.Responses;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Image;

/// <summary>One message with images: <c>POST /responses</c> or <c>POST /chat/completions</c></summary>
sealed class AnalyzeImageOperation(
    OpenAIClients openAI, ClaimChecks payloads, IOperation<MessageModel, ModelMessaged> model)
    : IOperation<AnalyzeImage, ImageAnalyzed>
{
    const int UsualMaxTokens = 300;

    public async Task<ImageAnalyzed> Run(AnalyzeImage request, CancellationToken cancellation)
    {
        Check(request, request.Api ?? openAI.Of(request).PreferredApi);

        // Done here, so that an error about a missing payload names the sender's member.
        var images = await payloads.Inlined("images", request.Images, cancellation);
        var said = model.Run(AsMessage(request with { Images = images }), cancellation);

        return await Keeping.Then(said, (answer, _, _) => Task.FromResult(Read(answer)));
    }

    static ImageAnalyzed Read(ModelMessaged said) => new()
    {
        Text = said.Text,
        FinishReason = said.FinishReason,
        Refusal = said.Refusal,
        Reasoning = said.Reasoning,
        ReasoningSummary = said.ReasoningSummary,
        Annotations = said.Annotations,
        Files = said.Files,
        OtherOutput = said.OtherOutput,
        Model = said.Model,
        ServiceTier = said.ServiceTier,
        RequestId = said.RequestId,
        Usage = said.Usage,
        Raw = said.Raw,
    };

    static void Check(AnalyzeImage request, ModelApi api)
    {
        Model(request, request.Model, "gpt-6-luna");
        Needed("text", !string.IsNullOrWhiteSpace(request.Text), "give a question about the images.");
        Needed("images", request.Images is { Count: > 0 }, "give at least one, by url, fileId, base64 or payload.");
        ImageParts.Detail("detail", request.Detail, throughResponses: api == ModelApi.Responses);
        ImageParts.Check("images", request.Images, throughResponses: api == ModelApi.Responses);
    }

    static MessageModel AsMessage(AnalyzeImage request) => new()
    {
        JobId = request.JobId,
        Credential = request.Credential,
        SafetyIdentifier = request.SafetyIdentifier,
        Extra = request.Extra,
        Model = request.Model!,
        Api = request.Api,
        Simplify = request.Simplify,
        MaxTokens = request.MaxTokens
            ?? request.Unless<int?>(UsualMaxTokens, "max_output_tokens", "max_completion_tokens", "max_tokens"),
        Messages = [new() { Text = request.Text,
            Images = [.. request.Images!.Select(image => image with { Detail = image.Detail ?? request.Detail })] }],
    };
}
