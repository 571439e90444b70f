using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Storage;

/// <summary>Images while their bucket is unavailable.</summary>
public sealed class S3AwaySpecs(S3Server server) : StoreAwayContract
{
    FaultyLink? link;

    private protected override string Store => "payloads";

    private protected override JobRequest Job => Messages.Image;

    private protected override void Break() => link!.State = LinkState.Overloaded;

    private protected override void Mend() => link!.State = LinkState.Fine;

    [Fact]
    public async Task A_bucket_that_says_nothing_is_given_up_and_named()
    {
        await using var worker = await Start("--Payloads:S3:Timeout=00:00:01");
        link!.State = LinkState.Silent;

        _ = worker.End(Job with { JobId = "j" });
        await Running.Eventually.Is(() => worker.Events.Delays("j").Count > 0);

        Assert.Equal(
            "The worker's store of payloads is unavailable: it did not answer in time. "
                + "The job waits until it is available again.",
            worker.Events.Delays("j")[0].GetProperty("message").GetString());
        Assert.Equal(0, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task A_paid_image_that_can_wait_no_longer_travels_inside_the_event()
    {
        await using var worker = await Start();

        var drawing = worker.Answer(
            (GenerateImage)Job with { Deadline = TimeProvider.System.GetUtcNow().AddSeconds(3) });
        await Running.Eventually.Is(() => worker.Emulator.Bill.Calls == 1);
        Break();

        Assert.NotNull(Assert.Single((await drawing).Images!).File!.Base64);
        Assert.Equal(1, worker.Emulator.Bill.Calls);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_costs_no_call_and_names_the_cure()
    {
        await using var worker = await Start("--Payloads:S3:Bucket=no-such-bucket");

        var failure = await worker.Failure(Job);

        Assert.Equal((FailureCodes.StoreRefused, FailureKind.Permanent), (failure.Code, failure.Kind));
        Assert.EndsWith("its bucket does not exist. Create it, or set Payloads:S3:Bucket to one that exists.",
            failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, worker.Emulator.Bill.Calls);
    }

    public override void Dispose()
    {
        base.Dispose();
        link?.Dispose();
    }

    private protected override async Task<IReadOnlyList<string>> Settings()
    {
        var address = await server.Address;
        link = new(address.Host, address.Port);
        return
        [
            "--Payloads:Store=S3", $"--Payloads:S3:ServiceUrl={link.Before(address)}",
            "--Payloads:S3:Region=us-east-1", "--Payloads:S3:ForcePathStyle=true",
            $"--Payloads:S3:Bucket={S3Server.Bucket}", $"--Payloads:S3:Prefix={Guid.NewGuid():N}/",
            $"--Payloads:S3:AccessKey={S3Server.Key}", $"--Payloads:S3:SecretKey={S3Server.Key}",
            "--Payloads:InlineLimit=10",
        ];
    }
}
