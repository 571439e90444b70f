namespace OpenAIWorker.Emulator.Replies;

/// <summary>Four characters make a token: near enough for English, and every reader can check it by hand.</summary>
static class Tokens
{
    public const int CharactersEach = 4;

    /// <summary>About what OpenAI counts for one picture of usual size.</summary>
    public const int PerImage = 765;

    public static int In(long characters) => (int)Math.Max(1, characters / CharactersEach);
}
