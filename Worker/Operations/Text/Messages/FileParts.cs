using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;

namespace OpenAIWorker.Operations.Text.Messages;

static class FileParts
{
    /// <summary>The bytes as a <c>data:</c> URL, the form of both APIs.</summary>
    public static string? DataOf(FileInput file) =>
        file.Base64 is null ? null : $"data:{TypeOf(file)};base64,{file.Base64}";

    static string TypeOf(FileInput file) =>
        ContentTypes.Known(file.ContentType) ?? ContentTypes.OfName(file.FileName) ?? ImageKinds.OfBase64(file.Base64!)
            ?? "application/pdf";
}
