using OpenAIWorker.Cli;
using OpenAIWorker.Delivery.Clients;

namespace OpenAIWorker.Tests.Delivery.Clients;

public class JobClientSpecs
{
    [Fact]
    public async Task What_keeps_a_client_from_starting_is_what_it_says()
    {
        IJobClient client = JobClients.Open(["--OpenAI:Credentials:default:ApiKey=k", "--Payloads:Store=S3"], null,
            TimeSpan.Zero);

        var failure = await Record.ExceptionAsync(async () =>
        {
            await using (client)
                await client.Receive(_ => Task.CompletedTask, TestContext.Current.CancellationToken);
        });

        Assert.Contains("Payloads:S3", failure!.Message, StringComparison.Ordinal);
    }
}
