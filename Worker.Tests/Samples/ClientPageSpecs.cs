using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Samples;

/// <summary>The programs of <c>docs/clients</c>, each in the language and with the library of its page.</summary>
public sealed class ClientPageSpecs(WorkerScene scene, BrokerFixture broker)
    : IClassFixture<WorkerScene>, IClassFixture<BrokerFixture>, IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // Node looks for packages in the folders above a program.
    readonly string folder = Directory.CreateDirectory(
        Path.Combine(Repository.PathOf("ops/samples/node"), $".test-{Guid.NewGuid():N}")).FullName;
    readonly string queue = $"client-page-{Guid.NewGuid():N}";

    public static TheoryData<string, string> Pages => new()
    {
        { "celery", "python" }, { "python", "python" }, { "node", "javascript" }, { "rascal", "javascript" },
            { "rhea", "javascript" }, { "php", "php" }, { "ruby", "ruby" }, { "go", "go" }, { "java", "java" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_sends_a_job_and_gets_its_answer(string page, string language) =>
        Assert.Contains("tides", await Said(page, language, "m"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_hears_why_its_job_failed(string page, string language) =>
        Assert.Contains(FailureCodes.ModelNotFound, await Said(page, language, "m+status:404"),
            StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_subscribes_to_events(string page, string language)
    {
        var client = Page(page, language);
        if (client.IsNewProtocol)
            await Bind();
        using var process = client.Start(client.Subscribing, folder, broker, scene.Prefix, "m", queue);
        try
        {
            Assert.True(await Line(process.StandardOutput, "ready"), await Rest(process));
            await scene.Client.Publish("message-model",
                $$"""{"jobId":"{{queue}}","model":"m","messages":[{"text":"x"}]}""");
            Assert.True(await Line(process.StandardOutput, "completed", queue), await Rest(process));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await scene.Client.Channel.QueueDeleteAsync(queue, false, false);
        }
    }

    // With AMQP 1.0 the queue must exist before.
    async Task Bind()
    {
        await scene.Client.Channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        await scene.Client.Channel.QueueBindAsync(queue, $"{scene.Prefix}.events", "message-model.*");
    }

    // n8n is not run: only its job and its names are checked.
    [Fact]
    public void The_workflow_for_n8n_sends_a_job()
    {
        var nodes = JsonElement.Parse(Repository.Read("docs/clients/n8n-workflow.json")).GetProperty("nodes")
            .EnumerateArray()
            .ToDictionary(node => node.GetProperty("type").GetString()!, node => node.GetProperty("parameters"));
        var (send, receive) = (nodes["n8n-nodes-base.rabbitmq"], nodes["n8n-nodes-base.rabbitmqTrigger"]);
        var expression = send.GetProperty("message").GetString()!;
        var job = expression[(expression.IndexOf('(', StringComparison.Ordinal) + 1)..expression.LastIndexOf(')')];
        // Turns a JavaScript object into JSON: quotes names and texts, and turns n8n's variable into a text.
        var json = Regex.Replace(job.Replace("'n8n-' + $execution.id", "'n8n-1'", StringComparison.Ordinal)
            .Replace("$execution.id", "'1'", StringComparison.Ordinal), @"(\w+): ", "\"$1\": ").Replace('\'', '"');

        Assert.Equal("n8n-1", RequestReading.Read(OperationCatalog.Named(send.GetProperty("routingKey").GetString()!)!,
            JsonElement.Parse(json)).JobId);
        Assert.Equal(("openai.jobs", "direct"),
            (send.GetProperty("exchange").GetString(), send.GetProperty("exchangeType").GetString()));
        Assert.Equal("openai.events",
            receive.GetProperty("options").GetProperty("binding").GetProperty("bindings")[0].GetProperty("exchange")
                .GetString());
        // Without it the node only checks that its queue exists.
        Assert.True(receive.GetProperty("options").GetProperty("assertQueue").GetBoolean());
    }

    // Every test that the table of clients names exists.
    [Fact]
    public void The_table_of_clients_names_tests_that_there_are()
    {
        var named = Regex.Matches(Repository.Read("docs/clients/README.md"), @"`(\w+Specs)(?:\.(\w+))?`");
        var sources = Repository.Files("Worker.Tests", "*Specs.cs")
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), Repository.Read);

        Assert.NotEmpty(named);
        Assert.All(named, test =>
            Assert.Contains(sources[test.Groups[1].Value], source =>
                source.Contains($" {test.Groups[2].Value}(", StringComparison.Ordinal) || !test.Groups[2].Success));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    ClientPage Page(string page, string language)
    {
        var (client, version) = (new ClientPage(page, language), broker.Version); // Skips without a broker.
        Assert.SkipWhen(client.IsNewProtocol && version < ClientPage.FirstWithReplies,
            $"RabbitMQ {version} has no queue for replies by AMQP 1.0.");
        return client;
    }

    async Task<string> Said(string page, string language, string model)
    {
        var client = Page(page, language);
        using var process = client.Start(client.Asking, folder, broker, scene.Prefix, model, queue);
        var said = await process.Output().WaitAsync(Patience, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return said;
    }

    static async Task<bool> Line(StreamReader output, params string[] parts)
    {
        while (await output.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(Patience, TestContext.Current.CancellationToken) is { } line)
        {
            if (parts.All(part => line.Contains(part, StringComparison.Ordinal)))
                return true;
        }
        return false;
    }

    // Only of a program that ended: another is still writing.
    static async Task<string> Rest(Process process) =>
        process.HasExited ? await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : "";
}
