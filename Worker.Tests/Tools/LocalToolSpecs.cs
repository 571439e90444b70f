using System.Diagnostics;
using OpenAIWorker.Contracts;
using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Tools;

/// <summary>Functions that are programs or addresses, configured only in settings.</summary>
public sealed class LocalToolSpecs : LocalToolScene
{
    static readonly MessageModel Asking = Messages.Smallest with
    {
        Messages = [new() { Text = "How is the weather?" }],
        Tools = [new() { Function = new() { Name = "weather" } }],
    };

    [Theory]
    [InlineData(ModelApi.Responses)]
    [InlineData(ModelApi.ChatCompletions)]
    public async Task A_program_gets_the_arguments_and_its_output_is_the_answer(ModelApi api)
    {
        await using var worker = await Start("-c \"cat; echo $JOB_ID\"",
            """--Tools:Functions:weather:Parameters={"type":"object","properties":{"city":{"type":"string"}}}""");

        var answer = await worker.Answer(Asking with { Api = api });

        Assert.Contains("""{"city":"example"}""", answer.Text);
        Assert.Contains(answer.JobId, answer.Text);
        Assert.Equal(2, worker.Emulator.Bill.Billed);
    }

    [Fact]
    public async Task The_settings_describe_the_function_where_the_message_does_not()
    {
        await using var worker = await Start("-c true", "--Tools:Functions:weather:Description=Knows the sky.",
            """--Tools:Functions:weather:Parameters={"type":"object"}""");

        await worker.Answer(Asking);

        JsonAssert.Same(
            """[{"type":"function","name":"weather","description":"Knows the sky.","parameters":"""
                + """{"type":"object"},"strict":null}]""", worker.Emulator.Calls[0].Body.GetProperty("tools"));
    }

    [Fact]
    public async Task A_program_sees_no_secret_of_the_workers()
    {
        await using var worker = await Start("-c \"env | grep -v TOOL_NAME\"");

        var told = Told(worker, await worker.Answer(Asking));

        Assert.Contains("TOOL_CALL_ID=call_", told);
        Assert.DoesNotContain("DOTNET", told);
        Assert.DoesNotContain("KEY", told);
    }

    [Theory]
    [InlineData("-c \"echo bad >&2; exit 3\"", "The tool ended with 3: bad")]
    [InlineData("-c \"sleep 60\"", "did not answer within 00:00:01")]
    [InlineData("-c \"head -c 100000 /dev/zero | tr '\\\\0' x\"", "allowed: up to 65536")]
    public async Task A_program_that_fails_is_told_to_the_model(string arguments, string told)
    {
        await using var worker = await Start(arguments, "--Tools:Timeout=00:00:01");

        Assert.Contains(told, Told(worker, await worker.Answer(Asking)));
    }

    [Fact]
    public async Task A_program_that_writes_without_end_is_ended_at_a_megabyte()
    {
        await using var worker = await Start("-c yes");

        Assert.Contains("The tool answered more than 1048576 bytes.", Told(worker, await worker.Answer(Asking)));
    }

    [Fact]
    public async Task The_answer_counts_though_a_child_holds_the_programs_output()
    {
        await using var worker = await Start("-c \"sleep 61 & echo fair\"");

        Assert.Equal("fair\n", Told(worker, await worker.Answer(Asking)));
        Assert.DoesNotContain(Process.GetProcessesByName("sleep"), IsOurs);

        static bool IsOurs(Process process) => CommandOf(process).Contains("61", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-c \"setsid sleep 62 & echo fair\"", 62)]
    [InlineData("-c \"(setsid sleep 63 &) ; sleep 64\"", 63)]
    public async Task What_a_program_started_ends_with_it(string arguments, int seconds)
    {
        await using var worker = await Start(arguments, "--Tools:Timeout=00:00:01");

        await worker.Answer(Asking);

        await Eventually.Is(() => !Process.GetProcessesByName("sleep").Any(IsOurs));

        bool IsOurs(Process process) => CommandOf(process).Contains($"{seconds}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told_to_the_model()
    {
        await using var worker = await EmbeddedWorker.Start("--Tools:AllowCommands=true",
            "--Tools:Functions:weather:Command=/no/such/program");

        Assert.Contains("could not be started", Told(worker, await worker.Answer(Asking)));
    }

    [Fact]
    public async Task An_address_gets_the_arguments_and_its_body_is_the_answer()
    {
        await using var sky = await ToolHost.Start(200, "Clear.");
        await using var worker = await EmbeddedWorker.Start("--Tools:AllowHttp=true",
            $"--Tools:Functions:weather:Url={sky.Address}", "--Tools:Functions:weather:Authorization=Bearer t");

        Assert.Equal("Clear.", Told(worker, await worker.Answer(Asking)));
        Assert.Equal(("{}", "Bearer t"), (sky.Body, sky.Header("Authorization")));
        Assert.StartsWith("call_", sky.Header("Idempotency-Key"));
    }

    [Theory]
    [InlineData(500, "Down.", "The tool answered 500: Down.")]
    [InlineData(302, "", "The tool answered 302")]
    public async Task An_address_that_fails_is_told_to_the_model(int status, string body, string told)
    {
        await using var sky = await ToolHost.Start(status, body);
        await using var worker = await EmbeddedWorker.Start("--Tools:AllowHttp=true",
            $"--Tools:Functions:weather:Url={sky.Address}");

        Assert.Contains(told, Told(worker, await worker.Answer(Asking)));
    }

    // What the model received, once it has answered.
    static string Told(EmbeddedWorker worker, ModelMessaged answer)
    {
        Assert.StartsWith("Here is what I found", answer.Text);
        ReceivedCall last = worker.Emulator.Calls[^1];
        return Assert.Single(last.Body.GetProperty("input").EnumerateArray()).GetProperty("output").GetString()!;
    }

    // A process of another test may be gone by now.
    static string CommandOf(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
