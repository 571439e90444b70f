using System.Text.Json;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Shown;

namespace OpenAIWorker.Web.Window.Jobs;

/// <summary>The whole record of a job, for its page.</summary>
sealed class JobView
{
    public JobView(WholeRecord whole, ContentCipher cipher, DateTimeOffset now)
    {
        (Record, Now) = (whole.Record, now);
        Request = JobContent.Of(whole.Record.Key, JobContent.Request, whole.Request, cipher);
        Ending = JobContent.Of(whole.Record.Key, JobContent.Ending, whole.Ending, cipher);
        Moments = JobMoment.Of(whole, Ending, now);
    }

    public JobRecord Record { get; }

    public DateTimeOffset Now { get; }

    /// <summary>Null: it is not recorded.</summary>
    public JobContent? Request { get; }

    /// <summary>Null: it has not ended.</summary>
    public JobContent? Ending { get; }

    /// <summary>The events, in order of time.</summary>
    public IReadOnlyList<JobMoment> Moments { get; }

    public bool HasEnded => Record.EndedAt is not null;
}

/// <summary>A request or an ending.</summary>
sealed class JobContent
{
    public const string Request = "request";
    public const string Ending = "ending";

    JobContent(JobKey job, string name, JsonElement? root, string text) =>
        (Job, Name, Root, Text) = (job, name, root, text);

    public JobKey Job { get; }

    /// <summary><see cref="Request"/> or <see cref="Ending"/>.</summary>
    public string Name { get; }

    /// <summary>Null: it is not a JSON object.</summary>
    public JsonElement? Root { get; }

    /// <summary>The recorded text, or the reason why it cannot be shown.</summary>
    public string Text { get; }

    /// <summary>Null: it is not recorded.</summary>
    public static JobContent? Of(JobKey job, string name, SealedContent? content, ContentCipher cipher)
    {
        if (content is not { } kept)
            return null;
        var (bytes, text) = ContentText.Open(job, kept, cipher);
        return new(job, name, bytes is null ? null : Read(bytes), text);
    }

    /// <summary>A text member of the object itself.</summary>
    public string? Member(string name) =>
        Root is { } root && root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;

    /// <summary>A number in the object, or in a nested one.</summary>
    public double? Number(params ReadOnlySpan<string> path)
    {
        if (Root is not { } at)
            return null;
        foreach (var name in path)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                return null;
        }
        return at.ValueKind == JsonValueKind.Number && at.TryGetDouble(out var number) ? number : null;
    }

    // A message in MassTransit's envelope contains the request.
    static JsonElement? Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            return root.TryGetProperty("messageType", out _) && root.TryGetProperty("message", out var message)
                && message.ValueKind == JsonValueKind.Object ? message.Clone() : root.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
