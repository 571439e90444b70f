using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Payloads;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>What a model made on the way, out of its answer and in hand: images, sound, and files that its code wrote.</summary>
sealed class MadeFiles(CitedFiles cited)
{
    const string ImageTool = "image_generation";
    const string CodeTool = "code_interpreter";
    const string UsualImage = "png";
    const string UsualSound = "wav";

    /// <summary>Whether there may be any, which the store will have to keep.</summary>
    public static bool MayBe(MessageModel request) =>
        request.Tools?.Any(tool => tool.ImageGeneration is not null || tool.CodeInterpreter is not null || tool.Other?.Text("type") is ImageTool or CodeTool) == true
        || request.Extra is { } extra && (extra.ContainsKey("audio") || extra.TryGetValue("tools", out var tools) && Names(tools));

    static bool Names(JsonElement tools) =>
        tools.GetRawText() is var text && (text.Contains(ImageTool, StringComparison.Ordinal) || text.Contains(CodeTool, StringComparison.Ordinal));

    /// <summary>The files of a result. Bytes that cannot be read stay where they were, in the rest of the output: an answer is not lost to one of its parts.</summary>
    /// <param name="read">The result.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="before">How many files the job has already: names go on from there.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<(ModelMessaged Result, IReadOnlyList<InHand> Files)> In(ModelMessaged read, MessageModel request, Answer answer, int before, CancellationToken cancellation)
    {
        var (files, unread) = (new List<InHand>(), new List<JsonElement>());
        foreach (var part in Images(answer.Body).Concat(Sounds(answer.Body, request)))
        {
            if (LenientBase64.Bytes(part.Base64) is { } bytes)
                files.Add(InHand.Of(bytes, part.ContentType, $"{part.Kind}-{before + files.Count + 1}.{part.Extension}"));
            else
                unread.Add(part.Item);
        }
        files.AddRange(await cited.By(request, answer.Body, cancellation));
        return (read with { OtherOutput = unread.Count > 0 && read.Raw is null ? [.. read.OtherOutput ?? [], .. unread] : read.OtherOutput }, files);
    }

    /// <summary>The <c>data:</c> address of an image part of Chat Completions; null where it has none.</summary>
    public static string? DataOf(JsonElement image) =>
        (image.Member("image_url")?.Text("url") ?? image.Text("url")) is { } url && url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && url.Contains(',') ? url : null;

    static IEnumerable<Part> Images(JsonElement body)
    {
        foreach (var item in body.Items("output"))
        {
            if (item.Text("type") == "image_generation_call" && item.Text("result") is { } result)
                yield return Image(item, result, item.Text("output_format") ?? UsualImage);
        }
        foreach (var image in ChatContent.ChoicesOf(body).SelectMany(choice => ChatContent.MessageOf(choice).Items("images")))
        {
            if (DataOf(image) is { } data)
                yield return Image(image, data, UsualImage);
        }
    }

    static Part Image(JsonElement item, string data, string format)
    {
        const string address = "data:image/";
        if (data.StartsWith(address, StringComparison.OrdinalIgnoreCase) && data.IndexOf(',') is > 0 and var comma)
            (format, data) = (data[address.Length..comma].Split(';')[0].ToLowerInvariant(), data[(comma + 1)..]);
        // It becomes part of a name.
        if (!format.All(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '-'))
            format = UsualImage;
        return new(item, "image", data, $"image/{format}", format.Split('+')[0]);
    }

    // Nothing in the answer says which format the bytes are in, but it is the one that was asked for.
    static IEnumerable<Part> Sounds(JsonElement body, MessageModel request)
    {
        var format = request.Extra?.GetValueOrDefault("audio").Text("format") ?? UsualSound;
        var chat = ChatContent.ChoicesOf(body).Select(choice => ChatContent.MessageOf(choice).Member("audio") ?? default);
        var responses = body.Items("output").SelectMany(item => item.Items("content")).Where(part => part.Text("type") == "output_audio");
        foreach (var sound in chat.Concat(responses))
        {
            if (sound.Text("data") is { Length: > 0 } data)
                yield return new(sound, "audio", data, ContentTypes.OfName($"audio.{format}") ?? $"audio/{format}", format);
        }
    }

    sealed record Part(JsonElement Item, string Kind, string Base64, string ContentType, string Extension);
}
