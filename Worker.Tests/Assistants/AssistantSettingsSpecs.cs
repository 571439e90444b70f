using OpenAIWorker.Emulator;
using OpenAIWorker.Settings;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Settings;

namespace OpenAIWorker.Tests.Assistants;

public sealed class AssistantSettingsSpecs
{
    [Theory]
    [InlineData("Mode", "Remote", "Assistants:Mode is 'Remote', allowed are Local, Native.")]
    [InlineData("Store", "Oracle", "Assistants:Store is 'Oracle', allowed are SQLite, PostgreSQL.")]
    [InlineData("Replicas", "0", "Assistants:Replicas is 0, allowed are 1 to 1000.")]
    [InlineData("Patth", "x", "Assistants:Patth is no setting. Did you mean Assistants:Path?")]
    public void Wrong_value_stops_the_worker_in_a_sentence(string setting, string value, string sentence) =>
        Assert.Equal(sentence, WorkerSettings.Problems($"--Assistants:{setting}={value}"));

    [Fact]
    public void File_is_not_for_several_replicas() => Assert.StartsWith(
        "Assistants:Replicas is 2, but Assistants:Store is SQLite", WorkerSettings.Problems("--Assistants:Replicas=2"), StringComparison.Ordinal);

    [Fact]
    public void Server_without_its_address_stops_the_worker() => Assert.StartsWith(
        "Assistants:ConnectionString is missing", WorkerSettings.Problems("--Assistants:Store=PostgreSQL", "--Assistants:Replicas=2"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Hots=db")]
    [InlineData("Database=worker")]
    [InlineData("mysql://db/worker")]
    public void Address_that_is_none_stops_the_worker(string address) => Assert.StartsWith(
        "Assistants:ConnectionString cannot be read.", WorkerSettings.Problems("--Assistants:Store=PostgreSQL", $"--Assistants:ConnectionString={address}"), StringComparison.Ordinal);

    [Fact]
    public async Task Server_that_is_away_stops_no_worker()
    {
        await using var worker = await EmbeddedWorker.Start("--Assistants:Store=PostgreSQL", "--Assistants:ConnectionString=Host=127.0.0.1;Port=1");

        await worker.Answer(Operations.Messages.Smallest);
    }

    [Fact]
    public async Task Provider_that_has_no_assistants_any_more_stops_the_worker_with_the_cure()
    {
        var stopped = await Assert.ThrowsAsync<SettingsException>(() => EmbeddedWorker.Start("--Assistants:Mode=Native"));

        Assert.Equal("Assistants:Mode is Native, but the provider of credential default has no Assistants API (OpenAI removed it on 2026-08-26). Set Assistants:Mode to Local.", stopped.Message);
    }

    [Fact]
    public async Task Provider_that_has_them_does_not()
    {
        await using var worker = await EmbeddedWorker.Start(new EmulatorOptions { Assistants = true }, "--Assistants:Mode=Native");

        Assert.Equal("/v1/assistants?limit=1", worker.OnlyCall.Path);
    }
}
