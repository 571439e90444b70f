using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Tests.Settings;

namespace OpenAIWorker.Tests.Storage;

public sealed class StorageSettingsSpecs
{
    [Theory]
    [InlineData("Kind", "Oracle", "Storage:Kind is 'Oracle'; allowed: SQLite, PostgreSQL.")]
    [InlineData("Replicas", "0", "Storage:Replicas is 0; allowed: 1 to 1000.")]
    [InlineData("Patth", "x", "Storage:Patth is not a setting. Did you mean Storage:Path?")]
    public void Wrong_value_stops_the_worker_in_a_sentence(string setting, string value, string sentence) =>
        Assert.Equal(sentence, WorkerSettings.Problems($"--Storage:{setting}={value}"));

    [Fact]
    public void File_is_not_for_several_replicas() => Assert.StartsWith(
        "Storage:Replicas is 2, but Storage:Kind is SQLite", WorkerSettings.Problems("--Storage:Replicas=2"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("--Storage:ConnectionString=Host=db")]
    [InlineData("--Storage:ConnectionString=Data Source=worker.db", "--Storage:Kind=SQLite")]
    public void Address_of_a_server_is_not_ignored_where_a_file_is_used(params string[] settings) => Assert.StartsWith(
        "Storage:ConnectionString is set, but Storage:Kind is SQLite", WorkerSettings.Problems(settings),
        StringComparison.Ordinal);

    [Fact]
    public void Server_without_its_address_stops_the_worker() => Assert.StartsWith(
        "Storage:ConnectionString is missing",
        WorkerSettings.Problems("--Storage:Kind=PostgreSQL", "--Storage:Replicas=2"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Hots=db")]
    [InlineData("Database=worker")]
    [InlineData("mysql://db/worker")]
    public void Address_that_is_none_stops_the_worker(string address) => Assert.StartsWith(
        "Storage:ConnectionString cannot be read.",
        WorkerSettings.Problems("--Storage:Kind=PostgreSQL", $"--Storage:ConnectionString={address}"),
        StringComparison.Ordinal);

    [Fact]
    public async Task Server_that_is_away_stops_no_worker()
    {
        await using var worker = await EmbeddedWorker.Start("--Storage:Kind=PostgreSQL",
            "--Storage:ConnectionString=Host=127.0.0.1;Port=1");

        await worker.Answer(Messages.Smallest);
    }
}
