using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace OpenAIWorker.Emulator.Calls;

static class FormBody
{
    const string MediaType = "multipart/form-data";

    /// <summary>
    /// Reads a form into the call: its fields as JSON, its files to disk. Otherwise returns the error.
    /// </summary>
    public static async ValueTask<ApiError?> Read(ApiCall call)
    {
        var request = call.Http.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != MediaType
            || type.Boundary.Length == 0)
        {
            return ApiError.WrongContentType(request.ContentType, MediaType);
        }

        call.BodyLength = request.ContentLength ?? 0;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        try
        {
            await Read(call, new(boundary, request.Body) { BodyLengthLimit = null });
            return null;
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException
            && !call.Http.RequestAborted.IsCancellationRequested)
        {
            return new(400, "We could not parse the multipart form in your request.");
        }
    }

    static async Task Read(ApiCall call, MultipartReader reader)
    {
        var fields = new Fields();
        while (await reader.ReadNextSectionAsync(call.Http.RequestAborted) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || disposition.Name.Length == 0)
            {
                throw new InvalidDataException("A part of the form has no name.");
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            fields.Add(name, disposition.IsFileDisposition()
                ? await File(call, section, disposition)
                : await Text(call, section));
        }

        call.Body = fields.ToJson();
    }

    static async Task<JsonNode> Text(ApiCall call, MultipartSection section)
    {
        using var reader = new StreamReader(section.Body);
        return JsonValue.Create(await reader.ReadToEndAsync(call.Http.RequestAborted));
    }

    static async Task<JsonNode> File(ApiCall call, MultipartSection section, ContentDispositionHeaderValue disposition)
    {
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.Length > 0
            ? disposition.FileNameStar
            : disposition.FileName).ToString();
        var file = await ReceivedFile.Receive(name, section.ContentType, section.Body, call.Http.RequestAborted);
        call.Files.Add(file);
        return new JsonObject
        {
            ["filename"] = file.Name,
            ["bytes"] = file.Length,
            ["content_type"] = file.ContentType,
            ["sha256"] = file.Sha256
        };
    }
}
