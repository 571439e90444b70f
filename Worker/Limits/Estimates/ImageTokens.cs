using OpenAIWorker.Contracts;

namespace OpenAIWorker.Limits.Estimates;

/// <summary>
/// Estimates the tokens of images, by the tables of OpenAI's guides to vision and to image generation.
/// </summary>
static class ImageTokens
{
    /// <summary>An image of usual size, in high detail.</summary>
    public const int In = 765;

    const int InLowDetail = 85;
    const double Square = 1024 * 1024;

    public static double Of(ImageInput? image) => image?.Detail == "low" ? InLowDetail : In;

    /// <summary>Generated images: by quality for a square of 1,024 pixels, and in proportion for others.</summary>
    public static double Out(string? size, string? quality, int? count) => (count ?? 1) * Area(size) * quality switch
    {
        "low" => 272,
        "high" or "hd" => 4_160,
        _ => 1_056,
    };

    static double Area(string? size) =>
        size?.Split('x') is [var width, var height] && double.TryParse(width, out var across)
            && double.TryParse(height, out var down) ? across * down / Square : 1;
}
