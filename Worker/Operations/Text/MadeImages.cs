using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Text;

/// <summary>The images that a model made on the way, out of its answer and into payloads.</summary>
sealed class MadeImages(ClaimChecks payloads)
{
    const string UsualFormat = "png";

    /// <summary>Null: there are none.</summary>
    public async Task<IReadOnlyList<BinaryOutput>?> Of(Answer answer, CancellationToken cancellation)
    {
        var files = new List<BinaryOutput>();
        foreach (var item in answer.Body.Items("output").Where(item => item.Text("type") == "image_generation_call"))
        {
            if (item.Text("result") is not { } base64)
                continue;
            using var image = new MemoryStream(Bytes(answer, base64));
            var format = item.Text("output_format") ?? UsualFormat;
            files.Add(await payloads.Keep(image, $"image/{format}", $"image-{files.Count + 1}.{format}", cancellation));
        }
        return files.Count > 0 ? files : null;
    }

    static byte[] Bytes(Answer answer, string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : throw answer.Broken("an image that is no base64");
    }
}
