using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.S3;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Payloads;

public sealed class S3StoreSpecs(S3Server server) : PayloadStoreContract, IAsyncLifetime
{
    S3Store store = null!;

    internal override IPayloadStore Store => store;

    // Each test deletes old objects below its prefix.
    readonly string prefix = $"{Guid.NewGuid():N}/";

    public async ValueTask InitializeAsync()
    {
        var options = new ConfigurationBuilder().AddCommandLine([.. await Settings()]).Build().GetSection("Payloads")
            .Get<PayloadsOptions>()!;
        store = new(new OptionsWrapper<PayloadsOptions>(options), TimeProvider.System);
    }

    [Fact]
    public async Task What_others_keep_in_the_bucket_is_left_alone()
    {
        var other = new S3StoreSpecs(server);
        await other.InitializeAsync();
        await other.store.Put("p-1", new MemoryStream([1]), TestContext.Current.CancellationToken);

        await store.DeleteOlderThan(DateTimeOffset.MaxValue, TestContext.Current.CancellationToken);

        Assert.NotNull(await other.store.Open("p-1", TestContext.Current.CancellationToken));
        await other.DisposeAsync();
    }

    [Fact]
    public async Task Worker_sends_what_is_in_the_bucket()
    {
        await store.Put("p-1", new MemoryStream([1, 2, 3]), TestContext.Current.CancellationToken);
        await using var worker = await EmbeddedWorker.Start([.. await Settings()]);

        await worker.Answer(new UploadFile { File = new() { Payload = new() { Id = "p-1", Length = 3 } } });

        Assert.Equal(3, Assert.Single(worker.Emulator.Files).Length);
    }

    public ValueTask DisposeAsync()
    {
        store?.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task<IReadOnlyList<string>> Settings() =>
    [
        "--Payloads:Store=S3", $"--Payloads:S3:ServiceUrl={await server.Address}", "--Payloads:S3:Region=us-east-1",
        "--Payloads:S3:ForcePathStyle=true",
        $"--Payloads:S3:Bucket={S3Server.Bucket}", $"--Payloads:S3:Prefix={prefix}",
        $"--Payloads:S3:AccessKey={S3Server.Key}", $"--Payloads:S3:SecretKey={S3Server.Key}",
    ];
}
