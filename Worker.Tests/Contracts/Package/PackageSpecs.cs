using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace OpenAIWorker.Tests.Contracts.Package;

public sealed class PackageSpecs(PackedContracts packed) : IClassFixture<PackedContracts>
{
    const string Library = "lib/net8.0/OpenAIWorker.Contracts";

    static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net10.0")]
    public async Task A_program_with_nothing_but_the_package_writes_jobs(string framework) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse("""{"jobId":"packed","model":"m","messages":[{"text":"Hello"}]}"""),
            JsonNode.Parse(await packed.Say(framework))));

    [Fact]
    public async Task Its_documentation_is_in_it()
    {
        using var package = await packed.Open();

        var documented = XDocument.Parse(Text(package, $"{Library}.xml")).Descendants("member")
            .Select(member => (string?)member.Attribute("name"));
        Assert.Contains("P:OpenAIWorker.Contracts.MessageModel.Model", documented);
        Assert.Equal(Tests.Repository.Read(ContractPages.PackageReadme),
            Text(package, "PACKAGE.md").ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task It_needs_no_other_package_and_tells_its_license_and_source()
    {
        using var package = await packed.Open();

        var about = XDocument.Parse(Text(package, "OpenAIWorker.Contracts.nuspec")).Root!.Elements().Single();
        XElement? Element(string name) => about.Element(about.Name.Namespace + name);
        Assert.Empty(about.Descendants(about.Name.Namespace + "dependency"));
        Assert.Equal(("Apache-2.0", "PACKAGE.md"), (Element("license")?.Value, Element("readme")?.Value));
        Assert.Equal((packed.Commit, $"{PackedContracts.Repository}.git"),
            ((string?)Element("repository")?.Attribute("commit"), (string?)Element("repository")?.Attribute("url")));
    }

    [Fact]
    public async Task A_debugger_finds_the_sources_of_its_commit()
    {
        using var package = await packed.Open();
        using var library = new MemoryStream();
        package.GetEntry($"{Library}.dll")!.Open().CopyTo(library);
        library.Position = 0;

        Assert.Contains($"https://raw.githubusercontent.com/example/worker/{packed.Commit}/", LinksOf(library),
            StringComparison.Ordinal);
    }

    static string LinksOf(Stream library)
    {
        using var file = new PEReader(library);
        using var symbols = file.ReadEmbeddedPortablePdbDebugDirectoryData(
            file.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        var reader = symbols.GetMetadataReader();
        var link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Single(information => reader.GetGuid(information.Kind) == SourceLink);
        return Encoding.UTF8.GetString(reader.GetBlobBytes(link.Value));
    }

    static string Text(ZipArchive package, string entry)
    {
        using var reader = new StreamReader(package.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }
}
