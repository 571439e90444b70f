namespace OpenAIWorker.Emulator.Calls;

static class NewId
{
    public static string Of(string prefix) => $"{prefix}{Guid.NewGuid():N}";
}
