using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using OpenAIWorker.Json;

namespace OpenAIWorker.Web.OpenAI.Files;

/// <summary>Reads the form of an upload part by part, and stores the file while it arrives.</summary>
sealed class FileUpload
{
    const string FilePart = "file";
    const int LongestField = 1024;
    const int LongestName = 512;
    const int MostParts = 20;

    /// <summary>The fields of the form.</summary>
    public Dictionary<string, string> Fields { get; } = [];

    /// <summary>The file's name; null: there was no file.</summary>
    public string? Name { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Reads the whole form.</summary>
    /// <param name="request">The request.</param>
    /// <param name="most">The largest number of bytes.</param>
    /// <param name="keep">Stores the file's bytes.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="WebProblemException">The body is not such a form.</exception>
    public static async Task<FileUpload> Read(HttpRequest request, long most, Func<Stream, Task> keep,
        CancellationToken cancellation)
    {
        var (upload, reader) = (new FileUpload(), new MultipartReader(Boundary(request), request.Body));
        try
        {
            for (var parts = 0; await reader.ReadNextSectionAsync(cancellation) is { } section; parts++)
            {
                if (parts == MostParts)
                    throw ApiError.Invalid(null, $"The form has more than {MostParts} parts.");
                await upload.Take(section, most, keep, cancellation);
            }
        }
        catch (InvalidDataException broken)
        {
            throw ApiError.Invalid(null, $"The form cannot be read: {broken.Message}");
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw ApiError.Invalid(null, "The form ends before its end.");
        }
        return upload;
    }

    async Task Take(MultipartSection section, long most, Func<Stream, Task> keep, CancellationToken cancellation)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var says)
            || HeaderUtilities.RemoveQuotes(says.Name).ToString() is not { Length: > 0 } name)
            return;
        if (name != FilePart)
        {
            Fields[name] = await Text(section.Body, name, cancellation);
            return;
        }
        if (Name is not null)
            throw ApiError.Invalid(FilePart, "There are two files. Send one.");
        Name = NameOf(says);
        await using var bounded = new UploadStream(section.Body, most);
        await keep(bounded);
        Bytes = bounded.Count;
    }

    static string NameOf(ContentDispositionHeaderValue says)
    {
        var given = says.FileNameStar.Length > 0
            ? says.FileNameStar.ToString()
            : Unescaped(HeaderUtilities.RemoveQuotes(says.FileName).ToString());
        var name = given.Split('/', '\\')[^1];
        name = string.Concat(name.Where(character => !char.IsControl(character)));
        return name.Length is 0 or > LongestName ? "file.jsonl" : name;
    }

    // Browsers escape quotes and line breaks like this, but no percent signs, and other clients escape quotes with a
    // backslash: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
    static string Unescaped(string name) =>
        name.Replace("%22", "\"", StringComparison.Ordinal).Replace("%0D", "\r", StringComparison.Ordinal)
            .Replace("%0A", "\n", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal);

    static async Task<string> Text(Stream content, string name, CancellationToken cancellation)
    {
        using var whole = new MemoryStream();
        await using var bounded = new UploadStream(content, LongestField)
        {
            TooMany = most => ApiError.Invalid(name, $"{Excerpt.Marked(name, 60)} has more than {most} bytes."),
        };
        await bounded.CopyToAsync(whole, cancellation);
        return System.Text.Encoding.UTF8.GetString(whole.ToArray());
    }

    static string Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is { Length: > 0 and <= 200 } boundary
            ? boundary
            : throw ApiError.Invalid(null,
                "A file is sent as a form: multipart/form-data with the parts purpose and file.",
                "unsupported_content_type");

    /// <summary>A number in a field; null if it is missing.</summary>
    public long? Number(string field) => Fields.GetValueOrDefault(field) is not { } text
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiError.Invalid(field, $"{field} is '{Excerpt.Marked(text, 30)}', which is not a number.");
}
