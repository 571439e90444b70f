namespace OpenAIWorker.Tests.Emulator;

public sealed class EmbeddingTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    const string Path = "/v1/embeddings";

    [Theory]
    [InlineData("\"input\":\"x\"", 1)]
    [InlineData("\"input\":[\"x\",\"y\"]", 2)]
    [InlineData("\"input\":[1,2,3]", 1)]
    public async Task Each_input_has_a_vector(string fields, int vectors)
    {
        var answer = await Post(fields);

        Assert.Equal((200, vectors), (answer.Status, answer.Json.GetProperty("data").GetArrayLength()));
    }

    [Theory]
    [InlineData("\"input\":\"\"", "input")]
    [InlineData("\"dimensions\":3", "input")]
    [InlineData("\"input\":\"x\",\"dimensions\":0", "dimensions")]
    [InlineData("\"input\":\"x\",\"encoding_format\":\"hex\"", "encoding_format")]
    [InlineData("\"input\":\"x\",\"size\":3", "size")]
    public async Task Request_outside_its_table_is_refused(string fields, string param)
    {
        var answer = await Post(fields);

        Assert.Equal((400, param), (answer.Status, answer.Param));
    }

    Task<Answered> Post(string fields) => shared.Driver.Post(Path, $$"""{"model":"m",{{fields}}}""");
}
