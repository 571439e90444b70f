using System.Runtime.CompilerServices;

namespace OpenAIWorker.Jobs;

/// <summary>
/// The text of a refusal, composed only if there is one: every member of every job is checked, and hardly any is
/// refused.
/// </summary>
[InterpolatedStringHandler]
ref struct RefusalText
{
    DefaultInterpolatedStringHandler text;

    public RefusalText(int literalLength, int formattedCount, bool isSo, out bool isNeeded)
    {
        isNeeded = isSo;
        text = isSo ? new(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string literal) => text.AppendLiteral(literal);

    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => text.AppendFormatted(value, format);

    public string ToStringAndClear() => text.ToStringAndClear();
}
