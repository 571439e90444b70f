namespace OpenAIWorker.Tests.Operations.Audio;

/// <summary>The emulator's fixed transcript, and the recording as it received it.</summary>
static class Spoken
{
    public const string Text = "The broker holds everything that waits. And nothing is lost.";

    public static readonly string File = OneByteFile.Json("call.mp3", "audio/mpeg");
}
