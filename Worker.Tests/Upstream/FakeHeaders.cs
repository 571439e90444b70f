using System.ClientModel.Primitives;
using System.Diagnostics.CodeAnalysis;
using OpenAIWorker.Upstream.Headers;

namespace OpenAIWorker.Tests.Upstream;

/// <summary>The headers of an invented answer: <c>name: value</c>, separated by a semicolon and a space.</summary>
sealed class FakeHeaders(string lines) : PipelineResponseHeaders
{
    readonly Dictionary<string, string> headers = lines
        .Split("; ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(": ", 2))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);

    public static UpstreamHeaders Read(string lines, DateTimeOffset now = default) =>
        UpstreamHeaders.Of(new FakeHeaders(lines), now);

    public override bool TryGetValue(string name, [MaybeNullWhen(false)] out string value) =>
        headers.TryGetValue(name, out value);

    public override bool TryGetValues(string name, [MaybeNullWhen(false)] out IEnumerable<string> values) =>
        throw new NotSupportedException();

    public override IEnumerator<KeyValuePair<string, string>> GetEnumerator() => headers.GetEnumerator();
}
