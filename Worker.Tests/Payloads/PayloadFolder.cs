using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.Fetched;
using OpenAIWorker.Payloads.Files;
using OpenAIWorker.Payloads.Streams;

namespace OpenAIWorker.Tests.Payloads;

/// <summary>A test's own folder and the store in it.</summary>
sealed class PayloadFolder : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("openai-worker-");
    readonly Fetching fetching;

    public PayloadFolder(PayloadsOptions? options = null, IWebProxy? proxy = null)
    {
        Options = (options ?? new()) with { Folder = folder.FullName };
        fetching = new(Settled, proxy ?? new WebProxy());
        Store = new(Settled);
    }

    public PayloadsOptions Options { get; }

    public string Path => folder.FullName;

    public IReadOnlyList<string> Files => [.. folder.EnumerateFiles().Select(file => file.Name)];

    public FileSystemStore Store { get; }

    public ClaimChecks ClaimChecks => new(Store, fetching, Settled);

    IOptions<PayloadsOptions> Settled => new OptionsWrapper<PayloadsOptions>(Options);

    /// <summary>Stores this number of bytes, like a producer that shares the store.</summary>
    public async Task<PayloadRef> Fill(int length)
    {
        var content = new MeasuredStream(new MemoryStream(RandomNumberGenerator.GetBytes(length)));
        var id = PayloadId.New();
        await Store.Put(id, content, TestContext.Current.CancellationToken);
        return new() { Id = id, FileName = "big.bin", Length = content.Count, Sha256 = content.Sha256 };
    }

    public void Dispose()
    {
        fetching.Dispose();
        folder.Delete(recursive: true);
    }
}
