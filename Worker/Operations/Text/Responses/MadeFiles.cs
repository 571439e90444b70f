using System.Text;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Operations.Text.Chat;
using OpenAIWorker.Payloads.Streams;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Text.Responses;

/// <summary>
/// Files that a model made, taken from its answer into memory: images, sound, and files that its code wrote.
/// </summary>
sealed class MadeFiles(CitedFiles cited)
{
    const string ImageTool = "image_generation";
    const string CodeTool = "code_interpreter";

    // Nearly all answers are text alone, and have none of these.
    static readonly byte[][] Signs =
        ["mage"u8.ToArray(), "MAGE"u8.ToArray(), "inline"u8.ToArray(), "audio"u8.ToArray(),
            Encoding.UTF8.GetBytes(CitedFiles.Type)];

    /// <summary>Whether the answer may contain files, which the store must keep.</summary>
    public static bool MayBe(MessageModel request) =>
        request.Tools?.Any(tool => tool.ImageGeneration is not null || tool.CodeInterpreter is not null
            || tool.Other?.Text("type") is ImageTool or CodeTool) == true
        || request.Extra is { } extra
        && (extra.ContainsKey("audio") || extra.TryGetValue("tools", out var tools) && Names(tools));

    static bool Names(JsonElement tools) =>
        tools.GetRawText() is var text
            && (text.Contains(ImageTool, StringComparison.Ordinal)
                || text.Contains(CodeTool, StringComparison.Ordinal));

    /// <summary>
    /// The files of a result. Bytes that cannot be read stay in the rest of the output, so that one part does not lose
    /// the answer.
    /// </summary>
    /// <param name="read">The result.</param>
    /// <param name="request">The request.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="before">The number of files that the job already has: names continue from there.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<(ModelMessaged Result, IReadOnlyList<InHand> Files)> In(ModelMessaged read, MessageModel request,
        ProviderResponse answer, int before, CancellationToken cancellation)
    {
        if (!answer.Body.Holds(Signs))
            return (read, []);
        var (files, unread) = (new List<InHand>(), new List<JsonElement>());
        foreach (var item in Images(answer.Body))
            Add(item, MadeImage.Of(item));
        foreach (var item in Sounds(answer.Body))
            Add(item, MadeSound.Of(item, request.Extra?.GetValueOrDefault("audio").Text("format")));
        files.AddRange(await cited.By(request, answer.Body, cancellation));
        return (read with
        {
            OtherOutput = unread.Count > 0 && read.Raw is null
            ? [.. read.OtherOutput ?? [], .. unread]
            : read.OtherOutput
        }, files);

        void Add(JsonElement item, MadeBytes? made)
        {
            if (made is null)
                unread.Add(item);
            else
                files.Add(InHand.Of(made.Bytes, made.ContentType,
                    $"{made.Kind}-{before + files.Count + 1}{made.Ending}"));
        }
    }

    // An answer may have many images, and each needs its own name.
    static IEnumerable<JsonElement> Images(JsonElement body)
    {
        foreach (var item in body.Items("output"))
        {
            if (item.Text("type") == "image_generation_call" && item.Member("result") is not null)
                yield return item;
            foreach (var part in item.Items("content").Where(IsImage))
                yield return part;
        }
        foreach (var message in ChatContent.ChoicesOf(body).Select(ChatContent.MessageOf))
        {
            foreach (var image in message.Items("images").Where(InlineMedia.Has)
                .Concat(message.Items("content").Where(IsImage)))
                yield return image;
        }
    }

    static bool IsImage(JsonElement part) => InlineMedia.IsOne(part) && InlineMedia.Has(part);

    static IEnumerable<JsonElement> Sounds(JsonElement body) =>
        ChatContent.ChoicesOf(body).Select(choice => ChatContent.MessageOf(choice).Member("audio") ?? default)
        .Concat(body.Items("output").SelectMany(item => item.Items("content"))
            .Where(part => part.Text("type") == "output_audio"))
        .Where(sound => sound.Text("data") is { Length: > 0 });
}
