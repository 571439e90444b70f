using System.Diagnostics;

namespace OpenAIWorker.Tests.Running;

/// <summary>The worker as a separate process, which can be killed.</summary>
sealed class WorkerInAProcess : IDisposable
{
    readonly Process process;
    readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    WorkerInAProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
                started.TrySetException(new InvalidOperationException("The worker has ended."));
            else if (line.Data.Contains("takes jobs from", StringComparison.Ordinal))
                started.TrySetResult();
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Returns when it accepts jobs.</summary>
    public static async Task<WorkerInAProcess> Start(Uri broker, string prefix, Uri provider,
        IReadOnlyList<string> settings)
    {
        var worker = new WorkerInAProcess(Process.Start(new ProcessStartInfo("dotnet",
        [
            WorkerProgram.Path, $"--Broker:Uri={broker.OriginalString}", $"--Broker:Prefix={prefix}",
            .. TestSettings.For(null), $"--OpenAI:Credentials:default:BaseUrl={provider}",
            "--Logging:LogLevel:Default=Information", .. settings,
        ])
        { RedirectStandardError = true })!);
        await worker.started.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
        return worker;
    }

    /// <summary>Kills it with SIGKILL.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
