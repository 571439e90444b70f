using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Schema;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary><c>/moderations</c></summary>
static class Moderations
{
    static readonly Typed Inputs = new("", "type", new Dictionary<string, Group?>
    {
        ["text"] = new("", new Text("type"), new Text("text").Required()),
        ["image_url"] = new("", new Text("type"), new Group("image_url", new Text("url").Required()).Required()),
    });

    public static readonly IReadOnlyList<Endpoint> Endpoints =
    [
        new("POST", "/moderations",
            new(new("", new Text("model", Least: 1), new Either("input", Text: new Text(""), Array: new Several("", new Either("", Text: new Text(""), Object: Inputs), Least: 1)).Required())),
            (call, _) => Reply.Json(ModerationAnswer.To(call))),
    ];
}
