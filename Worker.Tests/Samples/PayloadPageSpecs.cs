using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.Files;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Samples;

/// <summary>The programs of <c>docs/payloads.md</c>: the worker finds what they put into a folder.</summary>
public sealed partial class PayloadPageSpecs : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("payload-page-").FullName;

    [Theory]
    [InlineData("python", "python3", "program.py")]
    [InlineData("javascript", "node", "program.mjs")]
    [InlineData("sh", "sh", "program.sh")]
    public async Task A_program_puts_a_file_where_the_worker_finds_it(string language, string command, string name)
    {
        ForeignProgram.Needs(command, "docs/payloads.md", "");
        var (store, file) = (Directory.CreateDirectory(Path.Combine(folder, "store")).FullName, Written("call.mp3"));
        var program = Written(name, Program(language));

        var (code, said) = await ForeignProgram.Run(command, "", [program, store, file],
            new Dictionary<string, string>());

        Assert.True(code == 0, said);
        await IsThere(store, JsonSerializer.Deserialize(said, ContractJson.Default.PayloadRef)!);
    }

    [Fact]
    public async Task The_method_for_dotnet_does_the_same()
    {
        var store = Directory.CreateDirectory(Path.Combine(folder, "store")).FullName;

        await IsThere(store, Put(store, Written("call.mp3")));
        Assert.Contains(Flat(Program("csharp")), Flat(Repository.Read("Worker.Tests/Samples/PayloadPageSpecs.cs")),
            StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static PayloadRef Put(string folder, string path)
    {
        var id = $"p-{Guid.NewGuid():N}";
        var target = Path.Combine(folder, id);
        File.Copy(path, $"{target}.part");
        File.Move($"{target}.part", target);
        return new() { Id = id, FileName = Path.GetFileName(path) };
    }

    static async Task IsThere(string store, PayloadRef payload)
    {
        await using var found = (await new FileSystemStore(Options.Create<PayloadsOptions>(new() { Folder = store }))
            .Open(payload.Id, TestContext.Current.CancellationToken))!.Content;

        Assert.Equal("call.mp3", payload.FileName);
        Assert.Equal("call.mp3", await new StreamReader(found).ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal([Path.Combine(store, payload.Id)], Directory.EnumerateFiles(store));
    }

    string Written(string name, string? text = null)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text ?? name);
        return path;
    }

    // The shell has several blocks; the program is the one that creates an id.
    static string Program(string language) => Fence().Matches(Repository.Read("docs/payloads.md"))
        .Where(fence => fence.Groups["language"].Value == language).Select(fence => fence.Groups["code"].Value).First();

    static string Flat(string text) => string.Join(' ',
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^```(?<language>\w+)\n(?<code>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
