using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenAIWorker.Tests.Operations;

static class JsonAssert
{
    /// <summary>The same JSON in any order of members.</summary>
    public static void Same(string expected, JsonElement? actual)
    {
        var (wanted, given) = (JsonNode.Parse(expected), JsonNode.Parse(actual!.Value.GetRawText()));
        Assert.True(JsonNode.DeepEquals(wanted, given), $"Expected\n{wanted}\ngot\n{given}");
    }
}
