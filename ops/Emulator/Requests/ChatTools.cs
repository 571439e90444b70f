using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

/// <summary>Chat Completions has the description of a tool in a member named after its type.</summary>
static class ChatTools
{
    static readonly Shape Type = Text();

    public static readonly Shape Shape = Tagged("type",
        ("function", Record(
            Required("type", Type),
            Required("function", Record(
                Required("name", CommonFields.Name),
                Optional("description", Text()),
                Optional("parameters", AnyObject),
                Optional("strict", Flag)).Where(StrictSchema.CheckFunction)))),
        ("custom", Record(Required("type", Type), Required("custom", AnyObject))));

    public static readonly Shape ToolChoice = OneOf(
        Choice("none", "auto", "required"),
        Tagged("type",
            ("function", Record(Required("type", Type), Required("function", Record(Required("name", Text(min: 1)))))),
            ("custom", Record(Required("type", Type), Required("custom", Record(Required("name", Text(min: 1)))))),
            ("allowed_tools", Record(Required("type", Type), Required("allowed_tools", AnyObject)))));
}
