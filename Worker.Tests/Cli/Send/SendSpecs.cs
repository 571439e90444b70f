using System.Diagnostics;
using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Broker;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Send;

public sealed class SendSpecs : IAsyncLifetime
{
    OpenAIEmulator emulator = null!;

    public async ValueTask InitializeAsync() => emulator = await OpenAIEmulator.Start();

    public ValueTask DisposeAsync() => emulator.DisposeAsync();

    [Fact]
    public async Task Who_waits_gets_the_answer_and_nothing_else() =>
        Assert.Contains("Hello", await Run(0, "message-model", "--model", "m", "Hello", "--wait"), StringComparison.Ordinal);

    [Fact]
    public async Task A_failure_is_told_with_its_code() =>
        Assert.StartsWith("model_not_found", await Run(1, "message-model", "--model", "m+status:404", "Hello", "--wait"), StringComparison.Ordinal);

    [Fact]
    public async Task Members_are_options_of_any_JSON() => Assert.Contains(
        "\"metadata\":{\"a\":\"b\"}",
        await Run(0, "message-model", "--model", "m", "--max-tokens", "20", "--metadata", """{"a":"b"}""", "x", "--wait", "--json"), StringComparison.Ordinal);

    [Fact]
    public async Task A_value_that_does_not_fit_sends_nothing() =>
        Assert.Contains("maxTokens is \"many\"", await Run(2, "message-model", "--model", "m", "--max-tokens", "\"many\"", "x", "--wait"), StringComparison.Ordinal);

    [Fact]
    public async Task Without_a_broker_and_without_waiting_there_is_nobody_to_send_to() =>
        Assert.Contains("Broker:Uri is missing", await Run(2, "classify-text", "x"), StringComparison.Ordinal);

    async Task<string> Run(int ends, params IReadOnlyList<string> words)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [WorkerProgram.Path, "send", .. words, .. TestSettings.For(emulator)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await process.Output();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == ends, $"It ended with {process.ExitCode}: {said}");
        return said;
    }
}
