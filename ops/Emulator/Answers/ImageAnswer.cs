using System.Globalization;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Answers;

/// <summary>
/// Images in the form of each model family: DALL·E returns addresses or bytes, GPT image models return bytes and a
/// usage.
/// </summary>
static class ImageAnswer
{
    const int TokensPerImage = 1_056;

    public static Answer Of(ApiCall call) => Answer.Json(json =>
    {
        var isDallE = ImageRequest.Is(call.Body, "dall-e-");
        json.WriteStartObject();
        json.WriteNumber("created", call.CreatedAt);
        WriteImages(json, call, isDallE && !call.Body.Is("response_format", "b64_json"));
        if (!isDallE)
        {
            WriteEcho(json, call.Body);
            WriteUsage(json, call);
        }

        json.WriteEndObject();
    });

    static void WriteImages(Utf8JsonWriter json, ApiCall call, bool asUrls)
    {
        json.WriteStartArray("data");
        for (var left = Count(call.Body); left > 0; left--)
        {
            json.WriteStartObject();
            if (asUrls)
            {
                json.WriteString("url",
                    $"{call.Http.Request.Scheme}://{call.Http.Request.Host}/_emulator/images/{NewId.Of("img-")}.png");
            }
            else
            {
                json.WriteBase64String("b64_json", Pictures.Of(call.Body.Text("output_format")));
            }

            if (ImageRequest.Is(call.Body, "dall-e-3"))
            {
                json.WriteString("revised_prompt", $"{call.Prompt.Text}, in soft morning light");
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static void WriteEcho(Utf8JsonWriter json, JsonElement body)
    {
        json.WriteString("background", body.Is("background", "transparent") ? "transparent" : "opaque");
        json.WriteString("output_format", body.Text("output_format") ?? "png");
        json.WriteString("quality", body.Text("quality") is { } quality && quality != "auto" ? quality : "high");
        json.WriteString("size", body.Text("size") is { } size && size != "auto" ? size : "1024x1024");
    }

    static void WriteUsage(Utf8JsonWriter json, ApiCall call)
    {
        var (text, pictures, output) = (call.Prompt.Tokens, call.Files.Count * Tokens.PerImage,
            Count(call.Body) * TokensPerImage);
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", text + pictures);
        json.WriteStartObject("input_tokens_details");
        json.WriteNumber("text_tokens", text);
        json.WriteNumber("image_tokens", pictures);
        json.WriteEndObject();
        json.WriteNumber("output_tokens", output);
        json.WriteNumber("total_tokens", text + pictures + output);
        json.WriteEndObject();
    }

    static int Count(JsonElement body) =>
        body.Whole("n") ?? (body.Text("n") is { } spelled ? int.Parse(spelled, CultureInfo.InvariantCulture) : 1);
}
