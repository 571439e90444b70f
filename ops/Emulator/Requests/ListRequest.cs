using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>The query of lists with pages of at most a hundred.</summary>
static class ListRequest
{
    public const int UsualLimit = 20;

    public static readonly Shape Shape = With();

    public static Shape With(params Field[] more) => Record(
    [
        Optional("limit", Spelled(Integer(1, 100))),
        Optional("order", Choice("asc", "desc")),
        Optional("after", Text(min: 1)),
        Optional("before", Text(min: 1)),
        .. more,
    ]);
}
