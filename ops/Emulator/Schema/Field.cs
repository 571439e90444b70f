using System.Text.Json;

namespace OpenAIWorker.Emulator.Schema;

/// <summary>What OpenAI's reference says of a value. Endpoints are described as tables of these.</summary>
abstract record Field(string Name)
{
    public bool IsRequired { get; private init; }

    public Field Required() => this with { IsRequired = true };

    /// <param name="path">Where the value stands, as OpenAI's errors name it: <c>messages[0].content</c>.</param>
    /// <exception cref="ApiException">It is not what the reference says.</exception>
    public abstract void Check(JsonElement value, string path);

    protected static ApiException WrongType(string path, string expected, JsonElement value) =>
        Invalid($"Invalid type for '{path}': expected {expected}, but got {Words.Kind(value)} instead.", path, "invalid_type");

    protected static ApiException Invalid(string message, string path, string code) => new(400, message, param: path, code: code);
}
