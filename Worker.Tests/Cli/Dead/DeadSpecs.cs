using System.Text.Json;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Dead;

public sealed class DeadSpecs(WorkerScene scene, BrokerFixture broker)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>
{
    [Fact]
    public async Task List_and_show_speak_JSON()
    {
        await scene.Client.Publish("message-model",
            """{"jobId":"dead-as-json","model":"m+status:400","messages":[{"text":"x"}]}""");
        await scene.Client.Ending("dead-as-json");

        var group = JsonElement.Parse(await Run(0, "list", "--json", "--job", "dead-as-json"));
        var letter = JsonElement.Parse(await Run(0, "show", "--json", "--job", "dead-as-json"));

        Assert.Equal(("message-model", "invalid_request", 1),
            (group.GetProperty("operation").GetString(), group.GetProperty("code").GetString(),
                group.GetProperty("jobs").GetInt32()));
        Assert.Equal(("dead-as-json", "x"),
            (letter.GetProperty("jobId").GetString(),
                letter.GetProperty("request").GetProperty("messages")[0].GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("drop")]
    public async Task Nothing_is_done_to_all_of_them_without_a_terminal_to_ask(string verb) =>
        Assert.StartsWith($"dead {verb} needs to know which: give --code, ", await Run(2, verb),
            StringComparison.Ordinal);

    [Fact]
    public async Task Where_no_worker_has_run_it_says_so_and_makes_no_queue()
    {
        var prefix = BrokerFixture.NewPrefix();

        var first = await RunAt(prefix, 2, "list");

        Assert.StartsWith($"No worker has run on this broker with the prefix '{prefix}'", first,
            StringComparison.Ordinal);
        Assert.Equal(first, await RunAt(prefix, 2, "replay", "--code", "x"));
    }

    Task<string> Run(int ends, params string[] words) => RunAt(scene.Prefix, ends, words);

    async Task<string> RunAt(string prefix, int ends, params string[] words)
    {
        var (code, said) = await ForeignProgram.Run(
            "dotnet", "", [WorkerProgram.Path, "dead", .. words, $"--Broker:Uri={broker.Uri}",
                $"--Broker:Prefix={prefix}"], new Dictionary<string, string>());
        Assert.True(code == ends, $"It ended with {code}: {said}");
        return said;
    }
}
