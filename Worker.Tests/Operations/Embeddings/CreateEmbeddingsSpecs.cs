using System.Runtime.InteropServices;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Embeddings;

public class CreateEmbeddingsSpecs
{
    [Fact]
    public async Task One_text_gets_one_vector()
    {
        await using var worker = await EmbeddedWorker.Start();

        var made = await worker.Answer(Messages.Embeddings);

        JsonAssert.Same("""{"model":"m","input":["x"]}""", worker.OnlyCall.Body);
        Assert.Equal(1_536, Assert.Single(made.Embeddings!).Vector!.Count);
        Assert.Equal(("m", 1L), (made.Model, made.Usage!.InputTokens));
    }

    [Fact]
    public async Task Everything_that_can_be_set_is_sent_and_each_text_has_its_own_vector()
    {
        await using var worker = await EmbeddedWorker.Start();

        var made = await worker.Answer(
            new CreateEmbeddings { Model = "m", Texts = ["a", "b", "a"], Dimensions = 4, Encoding = "float" });

        JsonAssert.Same("""{"model":"m","input":["a","b","a"],"dimensions":4,"encoding_format":"float"}""",
            worker.OnlyCall.Body);
        Assert.Equal(made.Embeddings![0].Vector, made.Embeddings[2].Vector);
        Assert.NotEqual(made.Embeddings[0].Vector, made.Embeddings[1].Vector);
    }

    [Fact]
    public async Task Base64_holds_the_same_numbers()
    {
        await using var worker = await EmbeddedWorker.Start();

        var numbers = await worker.Answer(Messages.Embeddings with { Dimensions = 4 });
        var bytes = await worker.Answer(Messages.Embeddings with { Dimensions = 4, Encoding = "base64" });

        var read = MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(bytes.Embeddings![0].Base64!)).ToArray();
        Assert.Equal(numbers.Embeddings![0].Vector!.Select(number => (float)number), read);
    }

    [Fact]
    public async Task Without_simplify_the_answer_comes_as_it_is()
    {
        await using var worker = await EmbeddedWorker.Start();

        var made = await worker.Answer(Messages.Embeddings with { Simplify = false });

        Assert.Equal("list", made.Raw!.Value.GetProperty("object").GetString());
        Assert.Null(made.Embeddings);
    }
}
