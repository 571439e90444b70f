using System.Text;

namespace OpenAIWorker.Emulator.Shapes;

/// <summary>
/// One row of a request table. An optional field that is null counts as omitted, as it does at OpenAI.
/// </summary>
sealed record Field(string Name, Shape Shape, bool IsRequired)
{
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);
}
