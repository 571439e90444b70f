namespace OpenAIWorker.Emulator.Replies;

/// <summary>Four characters are a token: close enough for English, and easy to check by hand.</summary>
static class Tokens
{
    public const int CharactersEach = 4;

    /// <summary>About what OpenAI counts for an image of usual size.</summary>
    public const int PerImage = 765;

    public static int In(long characters) => (int)Math.Max(1, characters / CharactersEach);
}
