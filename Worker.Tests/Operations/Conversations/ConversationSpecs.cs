using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations.Conversations;

public class ConversationSpecs
{
    [Fact]
    public async Task A_conversation_can_begin_with_nothing()
    {
        await using var worker = await EmbeddedWorker.Start();

        var created = await worker.Answer(new CreateConversation());

        JsonAssert.Same("{}", worker.OnlyCall.Body);
        Assert.StartsWith("conv_", created.Conversation!.Id);
        Assert.NotNull(created.Conversation.CreatedAt);
    }

    [Fact]
    public async Task Messages_become_items()
    {
        await using var worker = await EmbeddedWorker.Start();

        var created = await worker.Answer(new CreateConversation
        {
            Messages = [new() { Role = "developer", Text = "Be kind." },
                new() { Text = "Look", Images = [new() { Url = "https://example.com/a.png" }] }],
            StoreMetadata = new Dictionary<string, string> { ["customer"] = "81" },
        });

        JsonAssert.Same(
            """{"items":[{"role":"developer","content":"Be kind."},{"role":"user","content":"""
                + """[{"type":"input_text","text":"Look"},{"type":"input_image","image_url":"https:"""
                + """//example.com/a.png","detail":"auto"}]}],"metadata":{"customer":"81"}}""", worker.OnlyCall.Body);
        Assert.Equal("81", created.Conversation!.StoreMetadata!["customer"]);
    }

    [Fact]
    public async Task What_was_created_is_found_changed_and_deleted()
    {
        await using var worker = await EmbeddedWorker.Start();
        var id = (await worker.Answer(new CreateConversation())).Conversation!.Id;

        await worker.Answer(new UpdateConversation
        {
            ConversationId = id,
            StoreMetadata = new Dictionary<string, string> { ["state"] = "answered" }
        });
        var found = await worker.Answer(new GetConversation { ConversationId = id });
        var deleted = await worker.Answer(new DeleteConversation { ConversationId = id });

        Assert.Equal("answered", found.Conversation!.StoreMetadata!["state"]);
        Assert.Equal((id, true), (deleted.ConversationId, deleted.Deleted!.Value));
        Assert.Equal(FailureCodes.NotFound, (await worker.Failure(new GetConversation { ConversationId = id })).Code);
    }
}
