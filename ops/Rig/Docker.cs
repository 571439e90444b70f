using System.Diagnostics;

namespace OpenAIWorker.Rig;

/// <summary>The docker command.</summary>
static class Docker
{
    public static async Task<string> Run(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"docker {string.Join(' ', arguments)}: {await errors}");
    }
}
