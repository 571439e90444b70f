namespace OpenAIWorker.Tests.Operations.Audio;

/// <summary>What the emulator hears in a recording, and how it saw the recording.</summary>
static class Spoken
{
    public const string Text = "The broker holds everything that waits. And nothing is lost.";

    public static readonly string File = OneByteFile.Json("call.mp3", "audio/mpeg");
}
