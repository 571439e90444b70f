using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

static class ConversationRequest
{
    const int MostItems = 20;

    public static readonly Shape Create = Record(
        Optional("items", ListOf(InputItem.Shape, 0, MostItems)),
        Optional("metadata", CommonFields.Metadata));

    public static readonly Shape Items = ListRequest.With(Optional("include", Anything));

    public static readonly Shape Update = Record(Required("metadata", CommonFields.Metadata));
}
