using System.Text.Json;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Delivery.Consuming;

/// <summary>An assistant with a file and a conversation, on a real broker: its jobs wait in the broker.</summary>
public sealed class AssistantOnRabbitMqSpecs(WorkerScene scene) : IClassFixture<WorkerScene>
{
    [Fact]
    public async Task Assistant_is_made_and_messaged()
    {
        var file = (await End("upload-file", "terms",
            """{"jobId":"terms","file":{"base64":"eA==","fileName":"terms.txt"}}""")).GetProperty("file")
                .GetProperty("id").GetString();
        var made = await End("create-assistant", "desk",
            $$"""{"jobId":"desk","model":"m","name":"Desk","knowledgeFileIds":["{{file}}"]}""");
        var first = await End("message-assistant", "one",
            """{"jobId":"one","assistantName":"Desk","prompt":"How long?"}""");
        var second = await End("message-assistant", "two",
            $$"""{"jobId":"two","assistantName":"Desk","prompt":"And then?","threadId":"{{Text(first, "threadId")}}"}""");

        Assert.Equal(("completed", 1), (Text(made, "ending"), made.GetProperty("attempts").GetInt32()));
        Assert.True(made.GetProperty("waits").GetInt32() > 0, "It did not wait in the broker.");
        Assert.Equal(file, first.GetProperty("annotations")[0].GetProperty("file_id").GetString());
        Assert.Equal(Text(first, "threadId"), Text(second, "threadId"));
        Assert.Equal(1, scene.Emulator.TimesBilled("two"));
    }

    async Task<JsonElement> End(string operation, string job, string body)
    {
        await scene.Client.Publish(operation, body);
        return (await scene.Client.Ending(job)).Body;
    }

    static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
