using OpenAIWorker.Settings;
using OpenAIWorker.Tests.Settings;

namespace OpenAIWorker.Tests.Storage.Records;

public sealed class RecordSettingsSpecs
{
    const string Key = "--Records:Keys:k=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    [Theory]
    [InlineData("Keep", "All", "Records:Keep is 'All'; allowed: Nothing, Endings, Everything.")]
    [InlineData("KeepFor", "00:30:00", "Records:KeepFor is 00:30:00; allowed: 01:00:00 to 3650.00:00:00.")]
    [InlineData("Key", "k", "Records:Key is 'k', but there is no Records:Keys:k. Make one: openssl rand -base64 32")]
    [InlineData("Keys:k", "c2hvcnQ=",
        "Records:Keys:k is not a key of 32 bytes in base64. Make one: openssl rand -base64 32")]
    [InlineData("Keys:k", "no base64",
        "Records:Keys:k is not a key of 32 bytes in base64. Make one: openssl rand -base64 32")]
    public void Wrong_value_stops_the_worker_in_a_sentence(string setting, string value, string sentence) =>
        Assert.Equal(sentence, WorkerSettings.Problems($"--Records:{setting}={value}"));

    [Theory]
    [InlineData("Nothing")]
    [InlineData("Nothing", "--Storage:Path=")]
    [InlineData("Endings", "--Storage:Path=worker.db")]
    [InlineData("Endings", "--Storage:Kind=SQLite")]
    [InlineData("Endings", "--Storage:ConnectionString=Host=db")]
    [InlineData("Endings", "--Web:Port=8090")]
    [InlineData("Nothing", "--Storage:Path=worker.db", "--Records:Keep=Nothing")]
    [InlineData("Everything", "--Storage:Path=worker.db", "--Records:Keep=Everything")]
    public void Records_are_kept_where_a_database_is_chosen_or_the_web_is_on(string kept, params string[] settings) =>
        Assert.Contains(("Records:Keep", kept),
            EffectiveSettings.Of(WorkerHost.Settings(settings).Configuration, SettingsCatalog.Settings));

    [Fact]
    public void A_key_by_its_id_is_taken() =>
        Assert.Equal("", WorkerSettings.Problems("--Records:Keep=Everything", "--Records:Key=k", Key));
}
