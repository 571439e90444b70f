using OpenAIWorker.Contracts;
using OpenAIWorker.Limits.Estimates;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// Limits use a job's numbers before they are checked: no number may stop the other jobs of its model.
/// </summary>
public sealed class HostileEstimateSpecs
{
    public static TheoryData<string, JobRequest> Jobs => new()
    {
        { "tokens below zero", Messages.Smallest with { MaxTokens = int.MinValue } },
        { "completions beyond all bounds", Messages.Smallest with { MaxTokens = 500, Completions = int.MaxValue } },
        { "completions below zero", Messages.Smallest with { MaxTokens = 500, Completions = int.MinValue } },
        { "a message that is none", Messages.Smallest with { Messages = [null!] } },
        { "an image that is none", Messages.Smallest with { Messages = [new() { Images = [null!] }] } },
        { "a size that is no number", Messages.Image with { Model = "m", Size = "NaNx1" } },
        { "a size without end", Messages.Image with { Model = "m", Size = "1e300x1e300" } },
        { "a size below zero", Messages.Image with { Model = "m", Size = "-99999x99999" } },
        { "images without end", Messages.Image with { Model = "m", Count = int.MaxValue } },
        { "images below zero", Messages.Image with { Model = "m", Count = int.MinValue } },
        { "a recording below zero",
            Messages.Transcription with { Audio = new() { Payload = new() { Id = "x", Length = long.MinValue } } } },
    };

    [Theory]
    [MemberData(nameof(Jobs))]
    public void An_estimate_is_a_number_from_0_to_what_a_model_takes(string name, JobRequest job)
    {
        Assert.NotEmpty(name);

        var estimate = TokenEstimate.Of(job);

        Assert.InRange(estimate.Input, 0, 10_000_000);
        Assert.InRange(estimate.Output, 0, 10_000_000);
    }

    [Fact]
    public async Task After_them_all_the_next_job_of_their_model_has_its_turn()
    {
        await using var worker = await EmbeddedWorker.Start("--Limits:Groups:all:Models=*",
            "--Limits:Groups:all:TokensPerMinute=600000000", "--Limits:Groups:all:RequestsPerMinute=6000");

        await Task.WhenAll(Jobs.Select(row => worker.End(row.Data.Item2 with { MaxRetries = 0 })));

        await worker.Answer(Messages.Smallest with { MaxTokens = 16 });
    }
}
