using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OpenAIWorker.Payloads;
using OpenAIWorker.Storage.Api;

namespace OpenAIWorker.Web.OpenAI.Files;

/// <summary>A file as OpenAI's API shows it.</summary>
static class FileObject
{
    public const string Batch = "batch";
    public const string BatchOutput = "batch_output";
    const string IdPrefix = "file-";
    const int IdDigits = 32;

    public static string NewId() => $"{IdPrefix}{Guid.NewGuid():N}";

    /// <summary>The id of a file that a batch writes: the same in every process.</summary>
    public static string IdOf(string batch, string which) => IdPrefix + Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{batch}/{which}")))[..IdDigits];

    /// <summary>The payload with the file's bytes.</summary>
    public static string PayloadOf(string id) => PayloadId.Prefix + id;

    public static JsonObject Of(ApiFile file) => new()
    {
        ["object"] = "file",
        ["id"] = file.Id,
        ["purpose"] = file.Purpose,
        ["filename"] = file.Name,
        ["bytes"] = file.Bytes,
        ["created_at"] = file.CreatedAt.ToUnixTimeSeconds(),
        ["expires_at"] = file.ExpiresAt.ToUnixTimeSeconds(),
        ["status"] = "processed",
        ["status_details"] = null,
    };
}
