using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Upstream;

namespace OpenAIWorker.Operations.Files;

/// <summary>The API's file object as a <see cref="ProviderFile"/>.</summary>
static class ProviderFiles
{
    public static ProviderFile Read(JsonElement file) => new()
    {
        Id = file.Text("id") ?? "",
        FileName = file.Text("filename"),
        Length = file.Number("bytes"),
        Purpose = file.Text("purpose"),
        CreatedAt = Time(file, "created_at"),
        ExpiresAt = Time(file, "expires_at"),
    };

    static DateTimeOffset? Time(JsonElement file, string name) =>
        file.Number(name) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
