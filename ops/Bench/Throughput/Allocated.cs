using System.IO.MemoryMappedFiles;

namespace OpenAIWorker.Bench.Throughput;

/// <summary>
/// The number of bytes that a contestant has allocated, as its own process reports (<see cref="StartupHook"/>).
/// </summary>
sealed class Allocated : IDisposable
{
    readonly MemoryMappedFile file;
    readonly MemoryMappedViewAccessor place;

    public Allocated(string path)
    {
        file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, sizeof(long));
        place = file.CreateViewAccessor();
        Variables = new Dictionary<string, string>
        {
            ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
            [StartupHook.Variable] = path,
        };
    }

    /// <summary>The environment variables for the contestant.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    public long Bytes => place.ReadInt64(0);

    public void Dispose()
    {
        place.Dispose();
        file.Dispose();
    }
}
