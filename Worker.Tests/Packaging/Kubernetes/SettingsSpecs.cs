using System.Text.RegularExpressions;
using OpenAIWorker.Json;
using OpenAIWorker.Settings;
using OpenAIWorker.Tests.Running;
using OpenAIWorker.Upstream.Credentials;

namespace OpenAIWorker.Tests.Packaging.Kubernetes;

/// <summary>The worker's settings in the pods' environment.</summary>
public sealed partial class SettingsSpecs
{
    static readonly IReadOnlyDictionary<string, string> Settings = Manifests.Settings.Map();

    // OpenTelemetry's own variables, and one that they are made from.
    static readonly string[] OtherVariables = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_RESOURCE_ATTRIBUTES", "POD_NAME"];

    static readonly IReadOnlyDictionary<string, string> Secrets = new Dictionary<string, string>
    {
        ["OPENAI_API_KEY"] = "any",
        ["Broker__Uri"] = "amqps://worker:any@rabbitmq.rabbitmq",
        ["Storage__ConnectionString"] = "Host=postgresql.postgresql;Database=worker;Username=worker;Password=any",
        ["Payloads__S3__AccessKey"] = "any",
        ["Payloads__S3__SecretKey"] = "any",
    };

    [Fact]
    public void Every_variable_is_a_setting_or_one_of_OpenTelemetrys() =>
        Assert.All(Settings.Keys.Concat(Manifests.Variables.Keys).Except(OtherVariables),
            variable => Assert.NotNull(SettingOf(variable)));

    [Fact]
    public async Task The_worker_starts_with_them()
    {
        var (exitCode, said) = await Check(Settings);

        Assert.True(exitCode == 0, said);
        Assert.All(Settings.Where(setting => SettingOf(setting.Key) is not null), setting =>
            Assert.Contains($"{PathOf(setting.Key)} = {setting.Value}", said.Split('\n')));
    }

    [Fact]
    public async Task Several_workers_with_a_file_for_their_assistants_would_not()
    {
        var (exitCode, said) = await Check(new Dictionary<string, string>(Settings) { ["Storage__Kind"] = "SQLite" });

        Assert.Equal(2, exitCode);
        Assert.Contains("Storage:Replicas is ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Payloads_are_where_every_pod_finds_them() => Assert.Equal("S3", Settings["Payloads__Store"]);

    [Fact]
    public void Every_secret_is_a_reference() => Assert.All(
        Manifests.Variables.Where(variable => SettingOf(variable.Key) is { IsSecret: true }),
        variable => Assert.NotEmpty(variable.Value.Text("valueFrom/secretKeyRef/key")));

    [Fact]
    public void Every_secret_that_the_worker_needs_is_there() =>
        Assert.Equal(Secrets.Keys.Order(StringComparer.Ordinal),
        Manifests.Variables.Where(variable => variable.Value["valueFrom"]?["secretKeyRef"] is not null)
            .Select(variable => variable.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void No_secret_is_among_the_settings() =>
        Assert.DoesNotContain(Settings.Keys, variable => SettingOf(variable) is { IsSecret: true });

    [Fact]
    public void No_manifest_is_a_secret_or_has_a_password_in_an_address() => Assert.All(Manifests.Files, file =>
    {
        Assert.NotEqual("Secret", Manifests.Read(file).Text("kind"));
        Assert.DoesNotMatch(PasswordInAddress(), Repository.Read(file));
    });

    [Fact]
    public void The_document_makes_every_secret_that_is_referred_to() => Assert.All(References(), reference =>
    {
        Assert.Matches($@"create secret generic {reference.Secret}\s",
            Repository.Read($"{Manifests.Folder}/README.md"));
        Assert.Contains($"{reference.Key}=", Repository.Read($"{Manifests.Folder}/README.md"),
            StringComparison.Ordinal);
    });

    static IEnumerable<(string Secret, string Key)> References() =>
        from reference in Manifests.Variables.Values.Select(variable => variable["valueFrom"]?["secretKeyRef"])
            .Concat(Manifests.Of("TriggerAuthentication").At("spec/secretTargetRef").AsArray())
        where reference is not null
        select (reference.Text("name"), reference.Text("key"));

    static Setting? SettingOf(string variable) =>
        SettingsCatalog.All.FirstOrDefault(setting => setting.Fits(PathOf(variable)));

    static string PathOf(string variable) =>
        EnvironmentNames.AsSettings(name => name == variable ? "any" : null).Select(setting => setting.Key)
            .FirstOrDefault()
        ?? variable.Replace("__", ":", StringComparison.Ordinal);

    static Task<(int ExitCode, string Said)> Check(IReadOnlyDictionary<string, string> settings) =>
        ForeignProgram.Run("dotnet", "", [WorkerProgram.Path, "check"], settings.Concat(Secrets).ToDictionary());

    [GeneratedRegex(@"://[^\s/]*:[^\s/]*@")]
    private static partial Regex PasswordInAddress();
}
