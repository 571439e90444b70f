namespace OpenAIWorker.Emulator.Shapes;

/// <summary>
/// Why a value does not fit. The path is built from the inside out while the check returns, so a valid value costs no
/// string. <see cref="Message"/> has <c>{path}</c> at the place of the complete path.
/// </summary>
sealed record Refusal(string? Code, string Message, string Path = "")
{
    public Refusal At(string name) => this with { Path = Path is "" or ['[', ..] ? name + Path : $"{name}.{Path}" };

    public Refusal At(int index) => At($"[{index}]");

    public ApiError ToError() => new(400, Message.Replace("{path}", Path, StringComparison.Ordinal))
    {
        Code = Code,
        Param = Path is "" ? null : Path,
    };
}
