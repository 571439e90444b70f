using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Image;

/// <summary>
/// What generating and editing share. The model families accept different parameters; for other providers' models
/// nothing is checked.
/// </summary>
sealed record ImageRules(string? Model, string? Prompt, int? Count, bool? RespondWithUrls, string? Background,
    string? OutputFormat, int? Compression)
{
    public bool IsDallE2 => Is("dall-e-2");

    public bool IsDallE3 => Is("dall-e-3");

    public bool IsGptImage => Is("gpt-image") || Is("chatgpt-image");

    /// <summary>
    /// Bytes, unless addresses are requested. GPT image models always return bytes, and refuse the parameter.
    /// </summary>
    public string? ResponseFormat => RespondWithUrls switch
    {
        true => "url",
        _ when IsDallE2 || IsDallE3 => "b64_json",
        false when !IsGptImage => "b64_json",
        _ => null,
    };

    public void Check(JobRequest request)
    {
        RequestCheck.Model(request, Model, "gpt-image-2");
        Needed("prompt", !string.IsNullOrWhiteSpace(Prompt) || request.HasExtra("prompt"), "describe the image.");
        Length("prompt", Prompt, IsDallE2 ? 1_000 : IsDallE3 ? 4_000 : 32_000);
        Never("count", IsDallE3 && Count > 1, $"is {Count}, but dall-e-3 makes one image per call. Send several jobs.");
        Never("respondWithUrls", IsGptImage && RespondWithUrls == true,
            $"is true, but {Model} returns only the images themselves, not addresses. Leave it out.");
        CheckOutput();
    }

    /// <summary>Refuses a parameter that the DALL·E models do not have.</summary>
    public void ForGptImageOnly(string member, bool isSet) =>
        Never(member, isSet && (IsDallE2 || IsDallE3), $"{Model} does not accept it. Leave it out.");

    void CheckOutput()
    {
        ForGptImageOnly("background", Background is not null);
        ForGptImageOnly("outputFormat", OutputFormat is not null);
        ForGptImageOnly("compression", Compression is not null);
        Never("background", Background == "transparent" && OutputFormat == "jpeg",
            "is transparent, which a jpeg cannot be. Set outputFormat to png or webp.");
        Never("compression", Compression < 100 && OutputFormat is not ("jpeg" or "webp"),
            $"is {Compression}, but a {OutputFormat ?? "png"} has no such compression. Set outputFormat to jpeg or "
                + "webp.");
    }

    bool Is(string family) => Model?.StartsWith(family, StringComparison.Ordinal) == true;
}
