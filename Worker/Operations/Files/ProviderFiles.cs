using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Operations.Files;

/// <summary>The API's file object as a <see cref="ProviderFile"/>.</summary>
static class ProviderFiles
{
    public static ProviderFile Read(ProviderResponse answer, JsonElement file) => new()
    {
        Id = file.Id() ?? throw answer.Broken("a file that has no id"),
        FileName = file.Text("filename"),
        Length = file.Number("bytes"),
        Purpose = file.Text("purpose"),
        CreatedAt = file.Time("created_at"),
        ExpiresAt = file.Time("expires_at"),
    };
}
