using OpenAIWorker.Emulator;
using OpenAIWorker.Settings;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Settings;

namespace OpenAIWorker.Tests.Operations.Assistants;

public sealed class AssistantSettingsSpecs
{
    [Theory]
    [InlineData("Mode", "Remote", "Assistants:Mode is 'Remote'; allowed: Local, Native.")]
    [InlineData("Shared", "x", "Assistants:Shared is not a setting. Did you mean Assistants:SharedIds?")]
    public void Wrong_value_stops_the_worker_in_a_sentence(string setting, string value, string sentence) =>
        Assert.Equal(sentence, WorkerSettings.Problems($"--Assistants:{setting}={value}"));

    [Fact]
    public async Task Provider_that_has_no_assistants_any_more_stops_the_worker_with_the_cure()
    {
        var stopped = await Assert.ThrowsAsync<SettingsException>(() =>
            EmbeddedWorker.Start("--Assistants:Mode=Native"));

        Assert.Equal(
            "Assistants:Mode is Native, but the provider of credential default has no Assistants API (OpenAI removed "
                + "it on 2026-08-26). Set Assistants:Mode to Local.", stopped.Message);
    }

    [Fact]
    public async Task Provider_that_has_them_does_not()
    {
        await using var worker = await EmbeddedWorker.Start(new EmulatorOptions { Assistants = true },
            "--Assistants:Mode=Native");

        Assert.Equal("/v1/assistants?limit=1", worker.OnlyCall.Path);
    }
}
