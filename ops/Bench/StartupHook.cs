using System.IO.MemoryMappedFiles;

/// <summary>
/// Runs in a contestant before its own code (DOTNET_STARTUP_HOOKS). Writes the number of allocated bytes into a file
/// that the benchmark reads. The runtime requires this class name, without a namespace.
/// </summary>
static class StartupHook
{
    /// <summary>The variable that names the file.</summary>
    public const string Variable = "BENCH_ALLOCATED";

    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(20);

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
            return;
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, sizeof(long));
        var place = file.CreateViewAccessor();
        var thread = new Thread(() =>
        {
            while (!Sleep())
                place.Write(0, GC.GetTotalAllocatedBytes());
        })
        { IsBackground = true };
        thread.Start();
    }

    static bool Sleep()
    {
        using var nothing = new ManualResetEvent(false);
        return nothing.WaitOne(Every);
    }
}
