using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Tools;

/// <summary>A model's reasoning before it asked for functions, if the provider stores nothing.</summary>
public sealed class SealedReasoningSpecs
{
    static readonly MessageModel Asking = Messages.Smallest with
    {
        Messages = [new() { Text = "How is the weather?" }],
        Tools = [new() { Function = new() { Name = "weather" } }],
        Store = false,
        ReasoningEffort = "low",
    };

    [Fact]
    public async Task It_goes_back_as_it_came_with_the_answers_of_the_functions()
    {
        await using var worker = await Start();

        await worker.Answer(Asking);

        var (first, second) = (worker.Emulator.Calls[0].Body, worker.Emulator.Calls[1].Body);
        JsonAssert.Same("""["reasoning.encrypted_content"]""", first.GetProperty("include"));
        JsonAssert.Same("""["reasoning.encrypted_content"]""", second.GetProperty("include"));
        var input = second.GetProperty("input").EnumerateArray().ToList();
        Assert.Equal(["message", "reasoning", "function_call", "function_call_output"], input.Select(TypeOf));
        Assert.StartsWith("sealed-rs_", input[1].GetProperty("encrypted_content").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(input[2].GetProperty("call_id").GetString(), input[3].GetProperty("call_id").GetString());
        Assert.Equal(2, worker.Emulator.Calls.Count(call => call.Status == 200));
    }

    [Fact]
    public async Task What_else_was_to_be_included_still_is()
    {
        await using var worker = await Start();

        await worker.Answer(Asking with { Include = ["message.output_text.logprobs"] });

        JsonAssert.Same("""["message.output_text.logprobs","reasoning.encrypted_content"]""",
            worker.Emulator.Calls[0].Body.GetProperty("include"));
    }

    [Fact]
    public async Task It_is_asked_for_where_it_goes_back_and_nowhere_else()
    {
        await using var worker = await Start();
        (string What, MessageModel Job)[] others =
        [
            ("kept", Asking with { Store = null }),
            ("without thoughts", Asking with { Model = "gpt-4.1-mini", ReasoningEffort = null }),
            ("fine-tuned without thoughts", Asking with { Model = "ft:gpt-4o:me::1", ReasoningEffort = null }),
            ("answered by the sender", Asking with { Tools = [new() { Function = new() { Name = "other" } }] }),
            ("without functions", Asking with { Tools = null }),
        ];

        foreach (var (what, job) in others)
        {
            worker.Emulator.Clear();
            await worker.Answer(job);
            Assert.False(worker.Emulator.Calls[0].Body.TryGetProperty("include", out _), what);
        }
    }

    static string TypeOf(JsonElement item) => item.TryGetProperty("type", out var type) ? type.GetString()! : "message";

    static Task<EmbeddedWorker> Start() => EmbeddedWorker.Start(
        new EmulatorOptions(), "--Tools:AllowCommands=true", "--Tools:Functions:weather:Command=sh",
        "--Tools:Functions:weather:Arguments=-c \"echo fair\"");
}
