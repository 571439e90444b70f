using System.Diagnostics;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Settings;

/// <summary>
/// Which settings files are read, tested with the program itself, because it has its own working directory and
/// environment.
/// </summary>
public sealed class SettingsFileSpecs : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("openai-worker-settings");

    [Fact]
    public async Task A_file_in_the_working_directory_is_not_read()
    {
        Write("appsettings.json",
            """{"Delivery":{"Concurrency":7},"OpenAI":{"Credentials":{"default":{"BaseUrl":"http:"""
                + """//thief.example/v1"}}}}""");

        var (output, _, _) = await Check();

        Assert.Contains("Delivery:Concurrency = 32", output, StringComparison.Ordinal);
        Assert.DoesNotContain("thief", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_named_on_the_command_line_or_in_the_environment_and_the_command_line_overrides()
    {
        var (seven, eight) = (Write(".seven.json", """{"Delivery":{"Concurrency":7}}"""),
            Write("eight.json", """{"Delivery":{"Concurrency":8}}"""));

        Assert.Contains("Delivery:Concurrency = 7", (await Check(variable: seven)).Output, StringComparison.Ordinal);
        Assert.Contains("Delivery:Concurrency = 8", (await Check(variable: seven, "--settings", eight)).Output,
            StringComparison.Ordinal);
        Assert.Contains("Delivery:Concurrency = 9",
            (await Check(variable: seven, $"--settings={eight}", "--Delivery:Concurrency=9")).Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.json", null, "(--settings) cannot be read: there is no such file.")]
    [InlineData(".", null, "(--settings) cannot be read: ")]
    [InlineData("list.json", "[1]", "(--settings) is not a JSON object of settings: ")]
    [InlineData("half.json", "{", "(--settings) is not a JSON object of settings: ")]
    public async Task A_file_that_cannot_be_read_is_named_and_no_stack_is_shown(string name, string? content,
        string says)
    {
        if (content is not null)
            Write(name, content);

        var (_, errors, code) = await Check(null, "--settings", Path.Combine(folder.FullName, name));

        Assert.Equal(2, code);
        Assert.Contains(says, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Delivery__Concurrency":7}""", "Delivery__Concurrency in the settings file")]
    [InlineData("""{"OPENAI_BASE_URL":"http://localhost/v1"}""", "OPENAI_BASE_URL in the settings file")]
    [InlineData("""{"Delivery.Concurrency":7}""", "Delivery.Concurrency in the settings file")]
    [InlineData("""{"Delivery":7}""", "Delivery in the settings file")]
    [InlineData("""{"Logging":{"LogLevel":{"Default":"Loud"}}}""",
        "Logging:LogLevel:Default is 'Loud'; allowed: Trace, Debug, Information, Warning, Error, Critical, None.")]
    [InlineData("""{"Logging":{"Console":{"FormatterName":"jsn"}}}""",
        "Logging:Console:FormatterName is 'jsn'; allowed: simple, systemd, json.")]
    public async Task A_setting_that_would_be_passed_over_is_named(string content, string says)
    {
        var (_, errors, code) = await Check(null, "--settings", Write("given.json", content));

        Assert.Equal(2, code);
        Assert.StartsWith(says, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Null_is_no_value()
    {
        var (output, errors, code) = await Check(null, "--settings", Write("given.json",
            """
            {"Broker":{"Prefix":null},"Tools":{"QueuePrefix":null},"Delivery":{"Concurrency":null},
             "Records":{"Keys":{"a":null}},"OpenAI":{"Credentials":{"default":{"Headers":{"x":null}}}}}
            """));

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("Broker:Prefix = openai", output, StringComparison.Ordinal);
        Assert.Contains("Tools:QueuePrefix = tools.", output, StringComparison.Ordinal);
        Assert.Contains("Delivery:Concurrency = 32", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_without_its_file_says_so()
    {
        var (_, errors, code) = await Check(null, "--settings");

        Assert.Equal((2, "--settings has no value. Give it as --settings=VALUE."), (code, errors.Trim()));
    }

    public void Dispose() => folder.Delete(recursive: true);

    string Write(string name, string content)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    async Task<(string Output, string Errors, int Code)> Check(string? variable = null, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet",
            [WorkerProgram.Path, "check", .. arguments])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        start.Environment["OPENAI_API_KEY"] = "any";
        start.Environment["WORKER_SETTINGS"] = variable ?? "";
        using var program = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var (output, errors) = (program.StandardOutput.ReadToEndAsync(patience.Token),
            program.StandardError.ReadToEndAsync(patience.Token));
        await program.WaitForExitAsync(patience.Token);
        return (await output, await errors, program.ExitCode);
    }
}
