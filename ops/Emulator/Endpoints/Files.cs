using System.Globalization;
using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Replies;
using OpenAIWorker.Emulator.Requests;

namespace OpenAIWorker.Emulator.Endpoints;

sealed class Files(FileStore store)
{
    // Files that a model reads cannot be downloaded.
    static readonly string[] NotForDownload = ["assistants", "vision", "user_data"];

    public ApiEndpoint[] Endpoints =>
    [
        new("POST", "/v1/files") { Form = FileRequest.Upload, Prompt = _ => Prompt.Nothing, Answer = Upload },
        new("GET", "/v1/files") { Query = FileRequest.List, Answer = List },
        new("GET", "/v1/files/{id}") { Answer = call => Of(call, Show) },
        new("GET", "/v1/files/{id}/content") { Answer = call => Of(call, Download) },
        new("DELETE", "/v1/files/{id}") { Answer = call => Of(call, Delete) },
    ];

    Answer Upload(ApiCall call)
    {
        var seconds = call.Body.Member("expires_after")?.Text("seconds");
        var file = new KeptFile(
            call.Files[0],
            call.Body.Text("purpose")!,
            call.ReceivedAt,
            seconds is null ? null : call.ReceivedAt.AddSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
        store.Keep(file);
        return Show(file);
    }

    Answer List(ApiCall call)
    {
        var files = store.Read().Where(file => call.Body.Text("purpose") is not { } purpose || file.Purpose == purpose)
            .ToList();
        if (!call.Body.Is("order", "asc"))
        {
            files.Reverse();
        }

        if (call.Body.Text("after") is not { } after)
        {
            return Page(call, files);
        }

        var index = files.FindIndex(file => file.Id == after);
        return index < 0 ? NoSuchFile(after, "after") : Page(call, files[(index + 1)..]);
    }

    static Answer Page(ApiCall call, List<KeptFile> files)
    {
        var limit = int.Parse(call.Body.Text("limit") ?? FileRequest.ListLimit, CultureInfo.InvariantCulture);
        return Answer.Json(json => FileAnswer.WriteList(json, [.. files.Take(limit)], hasMore: files.Count > limit));
    }

    Answer Of(ApiCall call, Func<KeptFile, Answer> answer) =>
        store.Find(call.Id) is { } file ? answer(file) : NoSuchFile(call.Id, "id");

    static Answer Show(KeptFile file) => Answer.Json(json => FileAnswer.Write(json, file));

    static Answer Download(KeptFile file) => NotForDownload.Contains(file.Purpose)
        ? Answer.Refusing(new(400, $"Not allowed to download files of purpose: {file.Purpose}"))
        : new(200, file.ReadAll(), "application/octet-stream");

    Answer Delete(KeptFile file)
    {
        store.Delete(file);
        return Answer.Json(json => FileAnswer.WriteDeleted(json, file));
    }

    static Answer NoSuchFile(string id, string param) =>
        Answer.Refusing(new(404, $"No such File object: {id}") { Param = param });
}
