using OpenAIWorker.Cli.Schemas;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Cli.Schemas;

public sealed class SchemaFilesSpecs
{
    const string Folder = "ops/asyncapi";

    static readonly IReadOnlyList<(string Name, string Json)> Made = [.. SchemaFiles.All()];

    public static TheoryData<string> Names => [.. Made.Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_is_as_it_is_checked_in(string name) => Assert.True(
        File.Exists(Repository.PathOf($"{Folder}/{name}"))
            && Repository.Read($"{Folder}/{name}") == Made.Single(file => file.Name == name).Json,
        $"{Folder}/{name} differs from the contracts. Write it anew and look at the difference: dotnet run --project "
            + $"Worker -- schemas {Folder}");

    [Fact]
    public void No_schema_is_left_of_a_message_that_is_gone() => Assert.Equal(
        Made.Select(file => $"{Folder}/{file.Name}")
            .Where(path => path.Contains("/schemas/", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        Repository.Files($"{Folder}/schemas", "*.json").Order(StringComparer.Ordinal));

    [Fact]
    public async Task AsyncAPIs_own_parser_reads_the_document_and_every_example_fits_its_schema()
    {
        ForeignProgram.Needs("node", $"{Folder}/node_modules", $"npm ci --prefix {Folder}, as ops/test does");

        Assert.EndsWith(" 0 problems", await ForeignProgram.Run("node", Folder, "check.js"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generator_makes_models_with_the_contracts_names_which_TypeScript_and_Python_compile()
    {
        ForeignProgram.Needs("node", $"{Folder}/node_modules/quicktype-core",
            $"npm ci --prefix {Folder}, as ops/test does");
        ForeignProgram.Needs("python3", Folder, "it is in the repository");

        Assert.EndsWith(" 0 problems", await ForeignProgram.Run("node", Folder, "models.js"), StringComparison.Ordinal);
    }
}
