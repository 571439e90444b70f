using System.Diagnostics;

namespace OpenAIWorker.Tests.Broker;

static class ProcessOutput
{
    /// <summary>
    /// The whole output of the process after its end. Reading from the start keeps its pipes from filling up.
    /// </summary>
    public static async Task<string> Output(this Process process) =>
        string.Concat(await Task.WhenAll(process.StandardOutput.ReadToEndAsync(),
            process.StandardError.ReadToEndAsync())).Trim();
}
