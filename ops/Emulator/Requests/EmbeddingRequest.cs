using OpenAIWorker.Emulator.Shapes;
using static OpenAIWorker.Emulator.Shapes.ShapeWords;

namespace OpenAIWorker.Emulator.Requests;

static class EmbeddingRequest
{
    const int MostInputs = 2_048;

    // Those of text-embedding-3-large, which has the most.
    const int MostDimensions = 3_072;

    public static readonly Shape Shape = Record(
        Required("model", CommonFields.Model),
        Required("input", OneOf(Text(min: 1), ListOf(Text(min: 1), 1, MostInputs),
            ListOf(Integer(min: 0), 1, MostInputs))),
        Optional("dimensions", Integer(1, MostDimensions)),
        Optional("encoding_format", Choice("float", "base64")),
        Optional("user", Text()));
}
