using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using OpenAIWorker.Contracts;
using OpenAIWorker.Settings.Secrets;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Payloads;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Security;

/// <summary>Providers that return the worker's own key, or make it store something for the calls of others.</summary>
public sealed class RepeatedKeySpecs
{
    const string Key = "sk-proj-Repeated+Key/0123456789";

    [Theory]
    [InlineData(401,
        $$$"""{"error":{"message":"Incorrect API key provided: {{{Key}}}.","code":"{{{Key}}}","param":"{{{Key}}}"}}""")]
    [InlineData(400, $$$"""{"error":{"message":"Bearer {{{Key}}}"}}""")]
    [InlineData(400, $$$"""{"message":"{{{Key}}}"}""")]
    [InlineData(200,
        $$$"""{"id":"{{{Key}}}","status":"completed","model":"{{{Key}}}","output":[{"type":"message","content":[{"type":"output_text","text":"sk-\u0070roj-Repeated\u002bKey/0123456789"}]}]}""")]
    public async Task A_key_that_the_provider_repeats_reaches_no_event_and_no_log(int status, string body)
    {
        await using var provider = await FileHost.Start(http =>
        {
            (http.Response.StatusCode, http.Response.ContentType, http.Response.Headers["x-request-id"]) = (status,
                "application/json", $"req-{Key}");
            return http.Response.WriteAsync(body);
        });
        await using var worker = await Of(provider, $"--OpenAI:Credentials:default:ApiKey={Key}");

        var ending = await worker.End(
            Messages.Smallest with { Metadata = new Dictionary<string, string> { ["note"] = $"my {Key}" } });

        // Once literally, and once as JSON may escape it.
        Assert.DoesNotContain(Key, ending.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, JsonSerializer.Deserialize<JsonElement>(ending.GetRawText()).ToString(),
            StringComparison.Ordinal);
        Assert.Contains("***", ending.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("req-***", ending.GetProperty("requestId").GetString());
        Assert.Equal("my ***", ending.GetProperty("metadata").GetProperty("note").GetString());
    }

    [Fact]
    public void The_log_masks_every_secret_of_the_settings_in_each_form()
    {
        var builder = WorkerHost.Settings([
            $"--OpenAI:Credentials:default:ApiKey={Key}",
            "--OpenAI:Credentials:other:BaseUrl=https://me:hunter2hunter2@host/v1?key=querykeyquerykey",
            "--Broker:Uri=amqp://me:brokerpassword%40@host",
            "--Storage:ConnectionString=Host=db;Password=databasepassword",
            "--Tools:Servers:mine:Url=https://mcp.example/s/secretpathofmine",
            "--Tools:Functions:f:Authorization=Bearer bearertoken99"]);
        using var services = builder.Services.BuildServiceProvider();
        using var line = new StringWriter();
        var entry = new LogEntry<string>(LogLevel.Error, "category", default, "state",
            new InvalidOperationException("bearertoken99"), (_, _) =>
            $"{Key} hunter2hunter2 querykeyquerykey brokerpassword@ brokerpassword%40 databasepassword "
                + "s/secretpathofmine");

        services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == ConsoleFormatterNames.Simple)
            .Write(in entry, null, line);

        Assert.Contains("*** *** *** *** *** *** ***", line.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("bearertoken99", line.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("any")]
    [InlineData("ollama")]
    [InlineData("EMPTY")]
    [InlineData("lm-studio")]
    [InlineData("not-needed")]
    [InlineData("Password")]
    [InlineData("123456")]
    [InlineData("v1")]
    [InlineData("track_parcel")]
    [InlineData("Customer-Support-Europe")]
    public void A_short_key_that_is_a_word_is_one_like_others(string word) =>
        Assert.Equal($"{word} is a word",
            Of($"--OpenAI:Credentials:default:ApiKey={word}").Masked($"{word} is a word"));

    [Theory]
    [InlineData("abc123")]
    [InlineData("sk-1a2B")]
    [InlineData("hUnTeRtwo")]
    [InlineData("p@ssword!")]
    [InlineData("20261231")]
    public void A_short_key_that_is_no_word_is_masked_where_it_stands_alone(string key)
    {
        var secrets = Of($"--OpenAI:Credentials:default:ApiKey={key}");

        Assert.Equal("key: '***', ***. x" + key + " " + key + "0",
            secrets.Masked($"key: '{key}', {key}. x{key} {key}0"));
        Assert.Equal("""{"a":"\u0027***\u0027","b":"\n***","c":"%3A***"}""",
            secrets.Masked($$"""{"a":"\u0027{{key}}\u0027","b":"\n{{key}}","c":"%3A{{key}}"}"""));
    }

    [Theory]
    [InlineData("correct-horse-battery-staple")]
    [InlineData("hunterhunter")]
    [InlineData("team-of-a1")]
    public void A_passphrase_or_one_long_word_is_no_phrase_that_stands_in_answers(string key) =>
        Assert.Equal("key: ***", Of($"--OpenAI:Credentials:default:ApiKey={key}").Masked($"key: {key}"));

    public static TheoryData<string> Spellings =>
    [
        Key, Uri.EscapeDataString(Key),
        Uri.EscapeDataString(Key).ToLowerInvariant().Replace("repeated", "Repeated").Replace("key", "Key"),
        JsonSerializer.Serialize(Key),
        .. new[] { "", "u", "me", "user" }
        .Select(user => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Key}"))),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Key)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Key)).Replace('+', '-').Replace('/', '_'),
    ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_key_is_masked_in_every_spelling(string spelling)
    {
        var masked = Of($"--OpenAI:Credentials:default:ApiKey={Key}").Masked($"Authorization: Basic {spelling}.");

        Assert.Contains("***", masked, StringComparison.Ordinal);
        // Only the bits that a base64 digit shares with its neighbours are left.
        Assert.InRange(masked.Replace("***", "", StringComparison.Ordinal).Length, 0,
            "Authorization: Basic .".Length + 12);
    }

    [Theory]
    [InlineData("--OpenAI:Credentials:default:Headers:X-Gateway-Key=gw-1234567890ab", "gw-1234567890ab")]
    [InlineData("--OpenAI:Credentials:default:Headers:X-Gateway=Basic bWU6aHVudGVyMmh1bnRlcjI=", "hunter2hunter2")]
    [InlineData("--HTTPS_PROXY=http://me:proxypass%401@proxy:3128", "proxypass@1")]
    [InlineData("--HTTPS_PROXY=http://me:proxypass%401@proxy:3128", "bWU6cHJveHlwYXNzQDE=")]
    [InlineData("--http_proxy=me:proxypass99x@proxy:3128", "proxypass99x")]
    [InlineData("--AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG", "wJalrXUtnFEMI/K7MDENG")]
    [InlineData("--OTEL_EXPORTER_OTLP_HEADERS=a=b,x-api-key=otlpsecret12", "otlpsecret12")]
    public void Secrets_of_headers_proxies_and_of_libraries_variables_are_masked(string setting, string secret) =>
        Assert.Equal("It is ***.", Of(setting).Masked($"It is {secret}."));

    [Fact]
    public void A_version_in_an_address_is_no_secret() =>
        Assert.Equal("on 2024-10-21",
            Of("--OpenAI:Credentials:default:BaseUrl=https://x.example/v1?api-version=2024-10-21")
                .Masked("on 2024-10-21"));

    [Fact]
    public void A_key_that_is_repeated_a_hundred_thousand_times_takes_no_time_to_mask()
    {
        var secrets = Of($"--OpenAI:Credentials:default:ApiKey={Key}");
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"{Key}, ", 100_000)));
        var begun = TimeProvider.System.GetTimestamp();

        var masked = secrets.Masked(text);

        Assert.Equal(string.Concat(Enumerable.Repeat("***, ", 100_000)), Encoding.UTF8.GetString(masked.Span));
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_cookie_goes_with_no_later_call()
    {
        var cookies = new ConcurrentQueue<string>();
        await using var provider = await FileHost.Start(http =>
        {
            cookies.Enqueue(http.Request.Headers.Cookie.ToString());
            http.Response.Headers.SetCookie = "session=first; Path=/";
            http.Response.ContentType = "application/json";
            return http.Response.WriteAsync(
                """{"status":"completed","output":[{"type":"message","content":"""
                    + """[{"type":"output_text","text":"x"}]}]}""");
        });
        await using var worker = await Of(provider,
            $"--OpenAI:Credentials:other:BaseUrl=http://127.0.0.1:{provider.Port}/v1",
            "--OpenAI:Credentials:other:ApiKey=b");

        await worker.Answer(Messages.Smallest);
        await worker.Answer(Messages.Smallest with { Credential = "other" });

        Assert.Equal(["", ""], cookies);
    }

    static OwnSecrets Of(string setting) =>
        OwnSecrets.Of(new ConfigurationBuilder().AddCommandLine([setting]).Build(), SettingsCatalog.Settings);

    static Task<EmbeddedWorker> Of(FileHost provider, params string[] settings) =>
        EmbeddedWorker.Start([$"--OpenAI:Credentials:default:BaseUrl=http://127.0.0.1:{provider.Port}/v1",
            "--Delivery:OnCredentialFailure=Fail", .. settings]);
}
