using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;

namespace OpenAIWorker.Operations.Text.Messages;

/// <summary>Replaces payloads by base64, because both APIs accept bytes only inside their JSON.</summary>
static class PayloadParts
{
    // OpenAI's limit of one input.
    const long MostBytes = 50 * 1024 * 1024;

    public static async Task<MessageModel> Inlined(this ClaimChecks payloads, MessageModel request,
        CancellationToken cancellation) =>
        request.Messages?.Any(HasParts) == true
            ? request with { Messages = await payloads.Inlined(request.Messages, cancellation) }
            : request;

    static bool HasParts(ModelMessage message) =>
        (message.Images ?? message.Files ?? (object?)message.Audio) is not null;

    public static Task<IReadOnlyList<ModelMessage>?> Inlined(this ClaimChecks payloads,
        IReadOnlyList<ModelMessage>? messages, CancellationToken cancellation) =>
        Each("messages", messages, (here, message) => payloads.Inlined(here, message, cancellation));

    public static Task<IReadOnlyList<ImageInput>?> Inlined(
        this ClaimChecks payloads, string member, IReadOnlyList<ImageInput>? images, CancellationToken cancellation) =>
        Each(member, images, (here, image) => payloads.Inlined(here, image, cancellation));

    static async Task<ModelMessage> Inlined(this ClaimChecks payloads, string here, ModelMessage message,
        CancellationToken cancellation) => message with
        {
            Images = await payloads.Inlined($"{here}.images", message.Images, cancellation),
            Files = await Each($"{here}.files", message.Files,
            (place, file) => payloads.Inlined(place, file, cancellation)),
            Audio = await Each($"{here}.audio", message.Audio,
            (place, sound) => payloads.Inlined(place, sound, cancellation)),
        };

    static async Task<AudioInput> Inlined(this ClaimChecks payloads, string here, AudioInput sound,
        CancellationToken cancellation) => sound.Payload is not { } payload
        ? sound
        : sound with
        {
            Payload = null,
            Base64 = await payloads.Base64Of($"{here}.payload", payload, MostBytes, cancellation),
            Format = sound.Format ?? (TypeOf(payload) is "audio/mpeg" ? "mp3" : null),
        };

    static async Task<ImageInput> Inlined(this ClaimChecks payloads, string here, ImageInput image,
        CancellationToken cancellation) => image.Payload is not { } payload
        ? image
        : image with
        {
            Payload = null,
            Base64 = await payloads.Base64Of($"{here}.payload", payload, MostBytes, cancellation),
            ContentType = image.ContentType ?? TypeOf(payload),
        };

    static async Task<FileInput> Inlined(this ClaimChecks payloads, string here, FileInput file,
        CancellationToken cancellation) => file.Payload is not { } payload
        ? file
        : file with
        {
            Payload = null,
            Base64 = await payloads.Base64Of($"{here}.payload", payload, MostBytes, cancellation),
            ContentType = file.ContentType ?? TypeOf(payload),
            FileName = file.FileName ?? payload.FileName,
        };

    // Without a stated type the bytes are examined, as with inline bytes.
    static string? TypeOf(PayloadRef payload) =>
        ContentTypes.Known(payload.ContentType) ?? ContentTypes.OfName(payload.FileName);

    static async Task<IReadOnlyList<T>?> Each<T>(string member, IReadOnlyList<T>? items,
        Func<string, T, Task<T>> change)
    {
        if (items is null)
            return null;
        var changed = new List<T>(items.Count);
        foreach (var (index, item) in items.Index())
            changed.Add(await change($"{member}[{index}]", item));
        return changed;
    }
}
