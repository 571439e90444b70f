using OpenAIWorker.Tests.Settings;

namespace OpenAIWorker.Tests.Payloads;

public sealed class PayloadSettingsSpecs
{
    [Theory]
    [InlineData("KeepFor", "00:00:59", "Payloads:KeepFor is 00:00:59; allowed: 00:01:00 to 365.00:00:00.")]
    [InlineData("InlineLimit", "8388609", "Payloads:InlineLimit is 8388609; allowed: 0 to 8388608.")]
    [InlineData("MaxDownload", "0", "Payloads:MaxDownload is 0; allowed: 1 to 8589934592.")]
    [InlineData("MaxRedirects", "21", "Payloads:MaxRedirects is 21; allowed: 0 to 20.")]
    [InlineData("Store", "Ftp", "Payloads:Store is 'Ftp'; allowed: FileSystem, S3.")]
    [InlineData("S3:Bukket", "b", "Payloads:S3:Bukket is not a setting. Did you mean Payloads:S3:Bucket?")]
    [InlineData("AllowedHosts", "a.example, http://b",
        "Payloads:AllowedHosts has 'http://b'; allowed: names and addresses of hosts, without a scheme or port, "
            + "separated by commas.")]
    public void Wrong_value_stops_the_worker_in_a_sentence(string setting, string value, string sentence) =>
        Assert.Equal(sentence, WorkerSettings.Problems($"--Payloads:{setting}={value}"));

    [Fact]
    public void Store_without_its_bucket_stops_the_worker() => Assert.Equal(
        "Payloads:S3:Bucket is missing, but Payloads:Store is S3. Name a bucket that exists.",
        WorkerSettings.Problems("--Payloads:Store=S3", "--Payloads:S3:Region=eu-north-1"));

    [Fact]
    public void Half_a_key_to_S3_stops_the_worker() => Assert.StartsWith(
        "Payloads:S3:AccessKey and Payloads:S3:SecretKey need each other.",
        WorkerSettings.Problems("--Payloads:Store=S3", "--Payloads:S3:Bucket=b", "--Payloads:S3:Region=eu-north-1",
            "--Payloads:S3:AccessKey=k"), StringComparison.Ordinal);

    [Fact]
    public void Address_of_S3_that_is_none_stops_the_worker() => Assert.StartsWith(
        "Payloads:S3:ServiceUrl is 'ftp://s3",
        WorkerSettings.Problems("--Payloads:Store=S3", "--Payloads:S3:Bucket=b", "--Payloads:S3:ServiceUrl=ftp://s3"),
        StringComparison.Ordinal);
}
