using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

static class VectorStoreRequest
{
    public static readonly Shape Create = Record(
        Optional("name", Text()),
        Optional("description", Text()),
        Optional("file_ids", ListOf(Text(min: 1), max: 500)),
        Optional("expires_after",
            Record(Required("anchor", Choice("last_active_at")), Required("days", Integer(1, 365)))),
        Optional("chunking_strategy", AnyObject),
        Optional("metadata", CommonFields.Metadata));
}
