using System.ClientModel;
using System.Collections;
using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream.Errors;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Upstream.Bodies;

/// <summary>
/// A <c>multipart/form-data</c> body as a table of fields and files. Files are streamed, never completely in memory.
/// Null values are omitted.
/// </summary>
sealed class MultipartBody : BinaryContent, IEnumerable
{
    readonly string boundary = $"openai-worker-{Guid.NewGuid():N}";
    readonly List<Part> parts = [];
    readonly JobRequest request;
    readonly Dictionary<string, List<string>> extra = [];

    /// <summary>
    /// The body of a request, with its <c>extra</c> members as additional fields: arrays and objects in the form of
    /// <see cref="FormFields"/>.
    /// </summary>
    public MultipartBody(JobRequest request)
    {
        this.request = request;
        MediaType = $"multipart/form-data; boundary={boundary}";
        foreach (var (name, value) in (request.Extra ?? new Dictionary<string, JsonElement>())
            .SelectMany(member => FormFields.Of(member.Key, member.Value)))
        {
            parts.Add(Part.Field(boundary, name, value));
            if (!extra.TryGetValue(name, out var values))
                extra[name] = values = [];
            values.Add(value);
        }
    }

    public void Add(string name, string? value)
    {
        if (value is not null)
            Add(name, [value]);
    }

    public void Add(string name, IFormattable? value) =>
        Add(name, value?.ToString(null, System.Globalization.CultureInfo.InvariantCulture));

    public void Add(string name, bool? value) => Add(name, value is { } truth ? truth ? "true" : "false" : null);

    /// <summary>A text unchanged; an array or an object in the form of <see cref="FormFields"/>.</summary>
    public void Add(string name, JsonElement? value)
    {
        foreach (var field in (value is { } given ? FormFields.Of(name, given) : []).GroupBy(field => field.Name))
            Add(field.Key, field.Select(one => one.Value));
    }

    /// <summary>A field for each value. An array's name ends in <c>[]</c>.</summary>
    public void Add(string name, IEnumerable<string>? values)
    {
        if (values?.ToList() is not { Count: > 0 } said || IsSaidAlready(name, said))
            return;
        foreach (var value in said)
            parts.Add(Part.Field(boundary, name, value));
    }

    /// <param name="name">The field.</param>
    /// <param name="content">The bytes, read once and not disposed.</param>
    /// <param name="fileName">The name for the provider.</param>
    /// <param name="contentType">Such as <c>audio/mpeg</c>.</param>
    /// <param name="length">The number of bytes; null sends the body in chunks.</param>
    public void Add(string name, Stream content, string fileName, string contentType, long? length)
    {
        IsSaidAlready(name, [$"the file {fileName}"]);
        parts.Add(Part.File(boundary, name, content, fileName, contentType, length));
    }

    public override bool TryComputeLength(out long length)
    {
        length = parts.Sum(part => part.Length ?? 0) + End.Length;
        return parts.TrueForAll(part => part.Length is not null);
    }

    public override void WriteTo(Stream stream, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A call is awaited, never blocked on.");

    public override async Task WriteToAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        foreach (var part in parts)
            await part.WriteTo(stream, cancellationToken);
        await stream.WriteAsync(End, cancellationToken);
    }

    // The caller that opened the files disposes them.
    public override void Dispose() { }

    IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException("A body is written, not read.");

    // A parameter with both a plain field and one with brackets would be ambiguous.
    bool IsSaidAlready(string name, List<string> said)
    {
        if (extra.TryGetValue(name, out var same) && same.SequenceEqual(said))
            return true;
        var parameter = FormFields.ParameterOf(name);
        foreach (var (other, values) in extra)
            if (other == name || FormFields.ParameterOf(other) == parameter
                && (other == parameter || name == parameter))
                throw ExtraMembers.Conflict(request, other, string.Join(", ", said), string.Join(", ", values));
        return false;
    }

    byte[] End => Encoding.ASCII.GetBytes($"--{boundary}--\r\n");

    sealed record Part(byte[] Head, Stream? Content, long? Length)
    {
        const int BufferSize = 81920;

        static readonly byte[] LineEnd = "\r\n"u8.ToArray();

        public static Part Field(string boundary, string name, string value)
        {
            var whole = Encoding.UTF8.GetBytes(
                $"--{boundary}\r\nContent-Disposition: form-data; name={Quoted(name)}\r\n\r\n{value}\r\n");
            return new(whole, null, whole.Length);
        }

        public static Part File(string boundary, string name, Stream content, string fileName, string contentType,
            long? length)
        {
            var head = Encoding.UTF8.GetBytes(
                $"--{boundary}\r\nContent-Disposition: form-data; name={Quoted(name)}; "
                    + $"filename={Quoted(fileName)}\r\nContent-Type: {OneLine(contentType)}\r\n\r\n");
            return new(head, content, head.Length + length + LineEnd.Length);
        }

        public async Task WriteTo(Stream stream, CancellationToken cancellation)
        {
            await stream.WriteAsync(Head, cancellation);
            if (Content is null)
                return;
            await Content.CopyToAsync(stream, BufferSize, cancellation);
            await stream.WriteAsync(LineEnd, cancellation);
        }

        // As in browsers (WHATWG, multipart/form-data): a name cannot end its line or its quotes.
        static string Quoted(string text) =>
            '"' + text.Replace("\"", "%22", StringComparison.Ordinal)
                .Replace("\r", "%0D", StringComparison.Ordinal)
                .Replace("\n", "%0A", StringComparison.Ordinal) + '"';

        static string OneLine(string text) => text.ReplaceLineEndings("");
    }
}
