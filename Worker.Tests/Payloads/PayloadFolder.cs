using Microsoft.Extensions.Options;
using OpenAIWorker.Payloads;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>A folder of a test's own, and what is built on it.</summary>
sealed class PayloadFolder : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("openai-worker-");
    readonly Fetching fetching;

    public PayloadFolder(PayloadsOptions? options = null)
    {
        Options = (options ?? new()) with { Folder = folder.FullName };
        fetching = new(Settled);
        Store = new(Settled);
    }

    public PayloadsOptions Options { get; }

    public string Path => folder.FullName;

    public IReadOnlyList<string> Files => [.. folder.EnumerateFiles().Select(file => file.Name)];

    public FileSystemStore Store { get; }

    public ClaimChecks ClaimChecks => new(Store, fetching, Settled);

    IOptions<PayloadsOptions> Settled => new OptionsWrapper<PayloadsOptions>(Options);

    public void Dispose()
    {
        fetching.Dispose();
        folder.Delete(recursive: true);
    }
}
