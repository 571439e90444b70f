using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

static class FileRequest
{
    public const string ListLimit = "10000";

    const long MostBytes = 512L * 1024 * 1024;

    static readonly Shape Purpose = Choice("assistants", "batch", "fine-tune", "vision", "user_data", "evals");

    public static readonly Shape Upload = Record(
        Required("file", UploadedFile(MostBytes)),
        Required("purpose", Purpose),
        Optional("expires_after", Record(
            Required("anchor", Choice("created_at")),
            Required("seconds", Spelled(Integer(3_600, 2_592_000))))));

    public static readonly Shape List = Record(
        Optional("purpose", Text(min: 1)),
        Optional("limit", Spelled(Integer(1, 10_000))),
        Optional("order", Choice("asc", "desc")),
        Optional("after", Text(min: 1)));
}
