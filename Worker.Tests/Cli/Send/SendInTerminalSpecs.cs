using OpenAIWorker.Emulator;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Send;

/// <summary><c>send --wait</c> in this process, as a person sees it.</summary>
public sealed class SendInTerminalSpecs : IAsyncLifetime
{
    OpenAIEmulator emulator = null!;

    public async ValueTask InitializeAsync() => emulator = await OpenAIEmulator.Start();

    public ValueTask DisposeAsync() => emulator.DisposeAsync();

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task An_answer_is_all_that_is_said(int columns)
    {
        var screen = await Terminal.Run(columns, Send());

        Assert.Equal(0, screen.ExitCode);
        Assert.StartsWith("Hello", Assert.Single(screen.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_refused_is_not_waited_for()
    {
        var screen = await Terminal.Run(80, Send("--OpenAI:Credentials:default:ApiKey=sk-invalid"));

        Assert.Equal(2, screen.ExitCode);
        Assert.Contains("The provider refuses the credential 'default'", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_C_ends_the_wait()
    {
        emulator.Faults.Add("hang");

        var screen = await Terminal.Run(80, Send(), async () =>
        {
            await Eventually.Is(() => emulator.Calls.Count > 0);
            return Terminal.Interrupt;
        });

        Assert.Equal(130, screen.ExitCode);
        Assert.DoesNotContain("   at ", screen.Text, StringComparison.Ordinal);
    }

    IReadOnlyList<string> Send(params string[] more) =>
        ["send", "message-model", "--model", "m", "Hello", "--wait", .. TestSettings.For(emulator), .. more];
}
