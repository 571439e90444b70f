using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Storage;

public sealed class PostgresSpecs(PostgresServer server) : StoreContract
{
    readonly PostgresTestDatabase own = new(server);

    private protected override ITestDatabase Make() => own;

    [Fact]
    public async Task Workers_share_assistants()
    {
        string[] settings = ["--Storage:Kind=PostgreSQL", $"--Storage:ConnectionString={own.Address}",
            "--Storage:Replicas=2"];
        await using var one = await EmbeddedWorker.Start(settings);
        await using var other = await EmbeddedWorker.Start(settings);

        await one.Answer(new CreateAssistant { Model = "m", Name = "Ada" });

        Assert.Equal("Ada", Assert.Single((await other.Answer(new ListAssistants())).Assistants!).Name);
    }
}
