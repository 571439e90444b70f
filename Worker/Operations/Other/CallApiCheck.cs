using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Credentials;
using OpenAIWorker.Upstream.Errors;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Operations.Other;

/// <summary>The rules of <see cref="CallApi"/>.</summary>
static partial class CallApiCheck
{
    // Headers that carry a key for some providers.
    static readonly string[] Keys = ["api-key", "x-api-key", "Proxy-Authorization", "Cookie"];

    public static void Of(CallApi request, string method, bool hasBody)
    {
        FreePath.Check("path", request.Path);
        Never("parts", request.Parts is not null && request.Body is not null,
            "cannot be combined with body. Send a form, or JSON.");
        Never("extra", request is { Body.ValueKind: not JsonValueKind.Object, Extra.Count: > 0 },
            "goes into the members of an object, but body is not one.");
        Never(request.Parts is null ? "body" : "parts", method is "GET" && hasBody,
            "cannot be combined with GET. Use query, or another method.");
        Streams(request);
        Headers(request.Headers);
        Parts(request.Parts);
        if (request.Wait is { } wait)
            Wait(wait);
    }

    static void Streams(CallApi request)
    {
        if (request.Body is { ValueKind: JsonValueKind.Object } body)
            foreach (var member in body.EnumerateObject())
                CommonCheck.NoStream($"body.{member.Name}", member.Name, member.Value);
        foreach (var (name, value) in request.Query ?? new Dictionary<string, string>())
            CommonCheck.NoStream($"query.{name}", name, JsonSerializer.SerializeToElement(value));
    }

    static void Headers(IReadOnlyDictionary<string, string>? headers)
    {
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            Never($"headers.{name}", !CredentialHeaders.IsName(name), "is not a header's name.");
            Never($"headers.{name}", CredentialHeaders.IsOwn(name)
                || Keys.Contains(name, StringComparer.OrdinalIgnoreCase), "is set by the worker. Leave it out.");
            Never($"headers.{name}", value?.All(character => character is >= ' ' and <= '~') != true,
                "has a line break or a character that is not ASCII; a header cannot carry it.");
        }
    }

    static void Parts(IReadOnlyList<FormPart>? parts)
    {
        foreach (var (index, part) in (parts ?? []).Index())
            if (part.Text is { } text)
                CommonCheck.NoStream($"parts[{index}]", part.Name, JsonSerializer.SerializeToElement(text));
    }

    static void Wait(ApiWait wait)
    {
        if (wait.Path is { } path)
            FreePath.Check("wait.path", Places().Replace(path, "x"));
        Never("wait.member", wait.Member is not null && string.IsNullOrWhiteSpace(wait.Member),
            "is empty. Name the member with the status, such as status.");
    }

    /// <summary>The places in a path for members of the first answer.</summary>
    [GeneratedRegex(@"\{([A-Za-z0-9_.]+)\}")]
    public static partial Regex Places();
}
