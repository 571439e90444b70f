namespace OpenAIWorker.Tests.Settings;

public sealed class SettingsSpecs
{
    [Fact]
    public void Key_is_all_that_a_worker_needs() => Assert.Equal("", WorkerSettings.Problems());

    [Theory]
    [InlineData("Brocker:Uri", "Brocker is not a section of the settings. Did you mean Broker? There are ")]
    [InlineData("Serilog:MinimumLevel", "Serilog is not a section of the settings. There are OpenAI, ")]
    public void A_section_that_is_none_is_not_passed_over(string given, string says) =>
        Assert.StartsWith(says, WorkerSettings.Problems($"--{given}=x"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Delivery:Concurrency", "0", "Delivery:Concurrency is 0; allowed: 1 to 2000.")]
    [InlineData("Delivery:MaxAttempts", "102", "Delivery:MaxAttempts is 102; allowed: 1 to 101.")]
    [InlineData("Delivery:MaxAge", "31.00:00:00",
        "Delivery:MaxAge is 31.00:00:00; allowed: 00:00:01 to 30.00:00:00.")]
    [InlineData("Limits:Tenants:a:Weight", "0", "Limits:Tenants:a:Weight is 0; allowed: 1 to 1000.")]
    [InlineData("Limits:Tenants:a:Weight", "-1", "Limits:Tenants:a:Weight is -1; allowed: 1 to 1000.")]
    [InlineData("OpenAI:Background:Timeout", "2.00:00:00",
        "OpenAI:Background:Timeout is 2.00:00:00; allowed: 00:00:01 to 1.00:00:00.")]
    [InlineData("Broker:Prefix", "Acme",
        "Broker:Prefix is 'Acme'; allowed: 1 to 40 of a-z 0-9 - _, such as openai.")]
    [InlineData("OpenAI:Timeout", "00:26:00", "OpenAI:Timeout is 00:26:00; allowed: 00:00:01 to 00:25:00.")]
    public void Value_out_of_range_stops_the_worker_with_setting_value_and_range(string setting, string value,
        string sentence) =>
        Assert.Equal(sentence, WorkerSettings.Problems($"--{setting}={value}"));

    [Theory]
    [InlineData("Delivery:Concurrency", "many", "Delivery:Concurrency is 'many'; allowed: 1 to 2000.")]
    [InlineData("Limits:Tenants:a:Weight", "NaN", "Limits:Tenants:a:Weight is 'NaN'; allowed: 1 to 1000.")]
    [InlineData("Delivery:FirstDelay", "2s", "Delivery:FirstDelay is '2s'; allowed: 00:00:01 to 01:00:00.")]
    [InlineData("Broker:Quorum", "yes", "Broker:Quorum is 'yes'; allowed: true, false.")]
    [InlineData("OpenAI:Credentials:default:Api", "Batch",
        "OpenAI:Credentials:default:Api is 'Batch'; allowed: Responses, ChatCompletions.")]
    [InlineData("Records:Keep", "5", "Records:Keep is '5'; allowed: Nothing, Endings, Everything.")]
    [InlineData("Records:Keep", "Nothing,Endings",
        "Records:Keep is 'Nothing,Endings'; allowed: Nothing, Endings, Everything.")]
    [InlineData("Delivery:OnCredentialFailure", "-1", "Delivery:OnCredentialFailure is '-1'; allowed: Pause, Fail.")]
    [InlineData("Events:WhenRefused", "1", "Events:WhenRefused is '1'; allowed: Drop, Wait.")]
    public void Value_that_cannot_be_read_stops_the_worker(string setting, string value, string sentence) =>
        Assert.Equal(sentence, WorkerSettings.Problems($"--{setting}={value}"));

    [Theory]
    [InlineData("Delivery:Concurency", "Delivery:Concurrency")]
    [InlineData("Delivery:maxattempt", "Delivery:MaxAttempts")]
    [InlineData("OpenAI:Credentials:default:Key", "OpenAI:Credentials:*:ApiKey")]
    [InlineData("Broker:Url", "Broker:Uri")]
    public void Unknown_name_stops_the_worker_and_the_near_one_is_proposed(string misspelt, string meant) =>
        Assert.Equal($"{misspelt} is not a setting. Did you mean {meant}?", WorkerSettings.Problems($"--{misspelt}=8"));

    [Fact]
    public void Every_problem_is_told_at_once() =>
        Assert.Equal(2, WorkerSettings.Problems("--Delivery:Concurency=8", "--Broker:Quorum=yes")
            .Split(Environment.NewLine).Length);

    [Theory]
    [InlineData("Delivery:FirstDelay", "00:10:00",
        "Delivery:FirstDelay is 00:10:00, longer than Delivery:MaxDelay, which is 00:05:00.")]
    [InlineData("Delivery:Prefetch", "8",
        "Delivery:Prefetch is 8, less than Delivery:Concurrency, which is 32. Raise it, or leave it out for the same "
            + "number.")]
    public void Settings_that_contradict_each_other_are_both_shown(string setting, string value, string sentence) =>
        Assert.Equal(sentence, WorkerSettings.Problems($"--{setting}={value}"));

    [Theory]
    [InlineData("amqp://h", "CaFile", "/ca.pem",
        "Broker:CaFile is /ca.pem, but Broker:Uri begins with amqp://, which has no TLS. Begin it with amqps://.")]
    [InlineData("amqps://h", "CaFile", "/nowhere/ca.pem",
        "Broker:CaFile is /nowhere/ca.pem: there is no such file. Give a PEM file that the worker may read.")]
    [InlineData("amqps://h", "KeyFile", "/key.pem",
        "Broker:KeyFile is /key.pem, but there is no Broker:CertificateFile that it belongs to.")]
    [InlineData("amqp://h", "Nodes", "a, amqp://b",
        "Broker:Nodes has 'amqp://b'; allowed: host and host:port, joined by commas. User, password and virtual "
            + "host are those of Broker:Uri.")]
    [InlineData("amqp://h", "Nodes", "a:b",
        "Broker:Nodes has 'a:b'; allowed: host and host:port, joined by commas. User, password and virtual host "
            + "are those of Broker:Uri.")]
    public void What_does_not_go_with_the_brokers_address_stops_the_worker(string address, string setting, string value,
        string sentence) =>
        Assert.Equal(sentence, WorkerSettings.Problems($"--Broker:Uri={address}", $"--Broker:{setting}={value}"));

    [Theory]
    [InlineData("OpenAI:Credentials:default:BaseUrl", "ftp://me:hunter22@host/v1?key=hunter22")]
    [InlineData("OpenAI:Credentials:default:BaseUrl", "https://me:hunter22@host:port/v1")]
    [InlineData("OpenAI:Credentials:default:ApiKey", "hunter22 ")]
    [InlineData("Payloads:S3:ServiceUrl", "https://me:hunter22@host:port")]
    [InlineData("Tools:Functions:sky:Url", "http://host/hunter22?key=hunter22")]
    [InlineData("Tools:Functions:sky:Url", "http://ho st/hunter22")]
    [InlineData("Tools:Functions:sky:Url", "host/hunter22")]
    [InlineData("Tools:Servers:mine:Url", "//ho st:port/hunter22")]
    [InlineData("Tools:Servers:mine:Url", "file:///hunter22")]
    [InlineData("Tools:Servers:mine:Url", "host/hunter22")]
    public void No_sentence_about_a_setting_shows_a_secret_of_it(string setting, string value)
    {
        var problems = WorkerSettings.Problems($"--{setting}={value}");

        Assert.NotEqual("", problems);
        Assert.DoesNotContain("hunter22", problems, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_of_a_name_is_free() => Assert.Equal("", WorkerSettings.Problems("--delivery:CONCURRENCY=8"));

    [Theory]
    [InlineData("localhost:5672")]
    [InlineData("http://localhost")]
    [InlineData("amqp://localhost/a/b")]
    public void Address_that_is_no_brokers_is_refused_without_showing_it(string address)
    {
        var problems = WorkerSettings.Problems($"--Broker:Uri={address}");

        Assert.StartsWith("Broker:Uri is not a broker's address", problems, StringComparison.Ordinal);
        Assert.DoesNotContain(address, problems, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("1.5")]
    [InlineData("00:30")]
    public void A_duration_is_written_in_full(string value) =>
        Assert.Equal($"OpenAI:Timeout is '{value}'; allowed: 00:00:01 to 00:25:00.",
            WorkerSettings.Problems($"--OpenAI:Timeout={value}"));
}
