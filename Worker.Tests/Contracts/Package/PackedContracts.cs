using System.IO.Compression;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Contracts.Package;

/// <summary>
/// The package, packed from a separate repository, and a program elsewhere that uses only the package file.
/// </summary>
public sealed class PackedContracts : IDisposable
{
    public const string Repository = "https://github.com/example/worker";
    const string Version = "9.9.9-packed";

    static readonly Dictionary<string, string> Environment = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
        // The machine may have no older runtime than the tests'.
        ["DOTNET_ROLL_FORWARD"] = "LatestMajor",
    };

    readonly string folder = Directory.CreateTempSubdirectory("openai-worker-package-").FullName;

    readonly Lazy<Task> made;

    public PackedContracts() => made = new(Make);

    // They have judged the same code in this repository's build.
    const string WithoutAnalyzers = "-p:RunAnalyzers=false";

    public string Commit { get; private set; } = "";

    internal async Task<ZipArchive> Open()
    {
        await made.Value;
        return ZipFile.OpenRead(Path.Combine(folder, "packages", $"OpenAIWorker.Contracts.{Version}.nupkg"));
    }

    /// <summary>The program's output, built for a framework.</summary>
    public async Task<string> Say(string framework)
    {
        await made.Value;
        return await Run("program", "dotnet", $"bin/Debug/{framework}/program.dll");
    }

    public void Dispose()
    {
        // git writes its objects read-only.
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(folder, recursive: true);
    }

    async Task Make()
    {
        await ForeignProgram.FirstThatCan(["git"], ["--version"], "git is not on the PATH.");
        await Record();
        await Run("repository", "dotnet", "pack", "Contracts", "--output", "../packages", $"-p:Version={Version}",
            WithoutAnalyzers);
        Write("program/program.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFrameworks>net8.0;net10.0</TargetFrameworks>
                <UseAppHost>false</UseAppHost>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreSources>../packages</RestoreSources>
                <RestorePackagesPath>../restored</RestorePackagesPath>
                <RestoreFallbackFolders>{PackagesOfThisMachine}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="OpenAIWorker.Contracts" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        Write("program/Program.cs", """
            using System.Text.Json;
            using OpenAIWorker.Contracts;

            var job = new MessageModel { JobId = "packed", Model = "m", Messages = [new() { Text = "Hello" }] };
            Console.WriteLine(JsonSerializer.Serialize(job, ContractJson.Default.MessageModel));
            """);
        await Run("program", "dotnet", "build", WithoutAnalyzers);
    }

    // The packages of the frameworks are already there, because this repository was built.
    static string PackagesOfThisMachine => System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget",
            "packages");

    async Task Record()
    {
        foreach (var file in Tests.Repository.Files("Contracts", "*")
            .Concat(["Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig",
                "global.json"]))
            Write($"repository/{file}", Tests.Repository.Read(file));
        await Run("repository", "git", "init", "--quiet");
        await Run("repository", "git", "remote", "add", "origin", $"{Repository}.git");
        await Run("repository", "git", "add", "--all");
        await Run("repository", "git", "-c", "user.name=tests", "-c", "user.email=tests@localhost", "-c",
            "commit.gpgsign=false", "commit", "--quiet", "--message", "Packed");
        Commit = await Run("repository", "git", "rev-parse", "HEAD");
    }

    void Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    async Task<string> Run(string below, string program, params string[] arguments)
    {
        var (exitCode, said) = await ForeignProgram.Run(program, Path.Combine(folder, below), arguments, Environment);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{said}");
        return said;
    }
}
