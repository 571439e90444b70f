using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

static class ModerationRequest
{
    public const string DefaultModel = "omni-moderation-latest";

    static readonly Shape Part = Tagged("type",
        ("text", Record(Required("type", Text()), Required("text", Text()))),
        ("image_url", Record(
            Required("type", Text()),
            Required("image_url", Record(Required("url", CommonFields.PictureUrl))))));

    public static readonly Shape Shape = Record(
        Required("input", OneOf(Text(), ListOf(Text(), min: 1), ListOf(Part, min: 1))),
        Optional("model", CommonFields.Model));
}
