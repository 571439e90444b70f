using System.Diagnostics;
using System.Globalization;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>
/// The program in a separate process, measured when the provider has all bytes and has not answered yet.
/// </summary>
public sealed class UploadMemorySpecs(ITestOutputHelper output) : IDisposable
{
    const int Small = 1024;
    const int More = 20 * 1024;

    readonly PayloadFolder folder = new();

    [Theory]
    [InlineData(200 * 1024 * 1024, """{"operation":"upload-file","jobId":"a","file":{"payload":{"id":"p-1"}}}""")]
    [InlineData(25 * 1024 * 1024,
        """{"operation":"transcribe-audio","jobId":"a","model":"m","audio":{"payload":"""
            + """{"id":"p-1"},"fileName":"a.wav"}}""")]
    public async Task Large_file_costs_no_more_memory_than_a_small_one(int length, string job)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(),
            "The peak of another process is read from /proc, which Linux has.");
        var small = await Peak(Small, job);
        var large = await Peak(length, job);

        output.WriteLine($"Peak with 1 KB: {small} KB; with {length} bytes: {large} KB; more by {large - small} KB");
        Assert.True(large - small <= More,
            $"The peak was {small} KB with a small file and {large} KB with a large one.");
    }

    public void Dispose() => folder.Dispose();

    async Task<long> Peak(int length, string job)
    {
        await using var emulator = await OpenAIEmulator.Start(new() { Latency = TimeSpan.FromMinutes(1) });
        await File.WriteAllTextAsync(At("jobs"), job, TestContext.Current.CancellationToken);
        await using (var payload = File.Create(At("p-1")))
            payload.SetLength(length);
        using var worker = Process.Start("dotnet",
            [WorkerProgram.Path, "batch", At("jobs"), "-o", At($"out-{length}"), "--no-progress", "--wait",
                .. TestSettings.For(emulator), $"--Payloads:Folder={folder.Path}"]);
        try
        {
            await Eventually.Is(() => emulator.Calls.Any(call => call.BodyLength >= length));
            return await PeakOf(worker);
        }
        finally
        {
            worker.Kill();
            await worker.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    // Process.PeakWorkingSet64 of another process is 0 on Linux.
    static async Task<long> PeakOf(Process process)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{process.Id}/status", TestContext.Current.CancellationToken);
        return long.Parse(lines.Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    string At(string name) => Path.Combine(folder.Path, name);
}
