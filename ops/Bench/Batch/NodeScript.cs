using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace OpenAIWorker.Bench.Batch;

/// <summary>The script that <c>worker batch</c> is compared with, and its package, in a folder of the run.</summary>
sealed class NodeScript
{
    const string Package = "openai@6.49.0";
    const string File = "batch.mjs";

    readonly string path;

    NodeScript(string path) => this.path = path;

    public static string Name => $"node, {Package}";

    /// <summary>Installs the package. Null: node or npm is not there.</summary>
    public static async Task<NodeScript?> Prepare(string folder, CancellationToken cancellation)
    {
        // From ops/Bench/bin/Release/net10.0.
        var path = Path.Combine(folder, File);
        System.IO.File.Copy(Path.Combine(AppContext.BaseDirectory, "../../../Batch", File), path);
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version")
            {
                RedirectStandardOutput = true
            })!;
            await node.WaitForExitAsync(cancellation);
            using var npm = Process.Start(new ProcessStartInfo("npm",
                ["install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, Package])
            { RedirectStandardOutput = true })!;
            await npm.WaitForExitAsync(cancellation);
            return npm.ExitCode == 0
                ? new(path)
                : throw new InvalidOperationException($"npm install {Package} ended with {npm.ExitCode}.");
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public Task<ProgramRun> Run(BatchSize size, string input, string folder, Uri provider,
        CancellationToken cancellation) => ProgramRun.Of("node",
        [
            path, input, Path.Combine(folder, "answers.jsonl"), $"{provider}",
            size.AtOnce.ToString(CultureInfo.InvariantCulture),
        ], cancellation);
}
