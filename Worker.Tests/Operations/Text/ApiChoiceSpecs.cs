using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Text;

/// <summary>A job that names no API uses the one that its options need.</summary>
public sealed class ApiChoiceSpecs
{
    static readonly MessageModel[] OnlyForChat =
    [
        Messages.Smallest with { FrequencyPenalty = 1 },
        Messages.Smallest with { PresencePenalty = 1 },
        Messages.Smallest with { Completions = 2 },
        Messages.Smallest with { Stop = ["x"] },
        Messages.Smallest with { Seed = 1 },
        Messages.Smallest with { Messages = [
            new() { Text = "Hear", Audio = [new() { Base64 = "SUQzBAAA", Format = "mp3" }] }] },
    ];

    [Fact]
    public async Task Options_that_only_Chat_Completions_have_choose_them()
    {
        await using var worker = await EmbeddedWorker.Start();

        foreach (var job in OnlyForChat)
            await worker.Answer(job);
        await worker.Answer(Messages.Smallest);

        Assert.Equal([.. Enumerable.Repeat("/v1/chat/completions", OnlyForChat.Length), "/v1/responses"],
            worker.Emulator.Calls.Select(call => call.Path));
    }

    [Theory]
    [InlineData("iVBORw0KGgo=", "image/png")]
    [InlineData("/9j/4AAQSkZJRg==", "image/jpeg")]
    [InlineData("R0lGODlhAQABAIAAAAAAAP==", "image/gif")]
    [InlineData("UklGRhoAAABXRUJQVlA4TA0A", "image/webp")]
    [InlineData("eA==", "image/png")]
    public async Task An_image_that_does_not_say_what_it_is_is_looked_at(string base64, string type)
    {
        await using var worker = await EmbeddedWorker.Start();

        await worker.Answer(Messages.Smallest with
        {
            Messages = [new() { Text = "Look", Images = [new() { Base64 = base64 }] }]
        });

        Assert.StartsWith($"data:{type};base64,",
            worker.OnlyCall.Body.GetProperty("input")[0].GetProperty("content")[1].GetProperty("image_url")
                .GetString());
    }

    [Fact]
    public async Task The_time_of_a_job_in_the_background_may_be_hours()
    {
        await using var worker = await EmbeddedWorker.Start();

        Assert.Equal("stop",
            (await worker.Answer(Messages.Smallest with
            {
                Background = true,
                Timeout = TimeSpan.FromHours(20)
            })).FinishReason);
    }
}
