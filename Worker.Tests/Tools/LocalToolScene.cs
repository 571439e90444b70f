using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Tools;

/// <summary>A worker whose settings name functions that it answers itself.</summary>
public abstract class LocalToolScene
{
    private protected static Task<EmbeddedWorker> Start(string arguments, params string[] settings) =>
        EmbeddedWorker.Start(["--Tools:AllowCommands=true", "--Tools:Functions:weather:Command=/bin/sh",
            $"--Tools:Functions:weather:Arguments={arguments}", .. settings]);
}
