using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Operations.Text;

/// <summary>Cited files that cannot be downloaded.</summary>
public sealed class CitedFileSpecs
{
    [Theory]
    [InlineData("status:403")]
    [InlineData("status:404")]
    [InlineData("status:500")]
    [InlineData("cut")]
    [InlineData("cut-after")]
    public async Task A_cited_file_that_cannot_be_fetched_costs_the_file_and_not_the_answer(string fault)
    {
        await using var worker = await EmbeddedWorker.Start();
        await worker.Answer(Ada with { CodeInterpreter = true });
        worker.Emulator.Faults.Add(fault, endpoint: "/v1/containers/{id}/files/{file}/content");

        var answer = await worker.Answer(ToAssistant with { Prompt = "Draw a chart." });
        var next = await worker.Answer(Smallest);

        Assert.Equal((1, null), (answer.Attempts, answer.Files));
        Assert.NotEmpty(answer.Annotations!);
        // This does not pause the credential.
        Assert.Equal((1, 0), (next.Attempts, next.Waits));
        Assert.Equal(2, worker.Emulator.Calls.Count(call => call is { Path: "/v1/responses", IsBilled: true }));
    }
}
