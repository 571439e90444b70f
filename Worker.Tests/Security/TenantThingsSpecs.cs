using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// If each tenant has its own things, nobody reaches another's files, conversations and responses, however they are
/// named.
/// </summary>
public sealed class TenantThingsSpecs : IAsyncLifetime
{
    static readonly Dictionary<string, string> Acme = new() { ["customer"] = "acme" };
    static readonly Dictionary<string, string> Globex = new() { ["customer"] = "globex" };

    EmbeddedWorker worker = null!;

    public async ValueTask InitializeAsync() =>
        worker = await EmbeddedWorker.Start("--Limits:Tenant=customer", "--Assistants:PerTenant=true",
            "--Assistants:SharedIds=file-shared, vs_*");

    public ValueTask DisposeAsync() => worker.DisposeAsync();

    [Fact]
    public async Task A_file_is_its_tenants_alone_also_in_lists()
    {
        var id = await File();

        Assert.Equal(id, Assert.Single((await worker.Answer(new ListFiles { Metadata = Acme })).Files!).Id);
        Assert.Empty((await worker.Answer(new ListFiles { Metadata = Globex })).Files!);
        Assert.Equal("[]",
            (await worker.Answer(new ListFiles { Metadata = Globex, Simplify = false })).Raw!.Value.GetProperty("data")
                .GetRawText());
        Assert.Empty((await worker.Answer(new ListFiles())).Files!);
        await Refused("fileId", new DeleteFile { FileId = id, Metadata = Globex });
        await Refused("fileId", new DeleteFile { FileId = "file-nobodys", Metadata = Acme });
        Assert.True((await worker.Answer(new DeleteFile { FileId = id, Metadata = Acme })).Deleted);
        await Refused("fileId", new DeleteFile { FileId = id, Metadata = Acme });
    }

    [Fact]
    public async Task A_file_goes_into_no_call_of_another_tenant()
    {
        var id = await File();
        ModelMessage asks = new() { Text = "x", Files = [new() { FileId = id }] };

        await Refused("fileId", Smallest with { Messages = [asks], Metadata = Globex });
        await Refused("fileId", Smallest with
        {
            Messages = [new() { Text = "x", Images = [new() { FileId = id }] }],
            Metadata = Globex
        });
        await Refused("fileId", SmallestChat with { Messages = [asks], Metadata = Globex });
        await Refused("fileIds", Ada with { KnowledgeFileIds = [id], Metadata = Globex });
        await worker.Answer(Smallest with { Messages = [asks], Metadata = Acme });
    }

    [Fact]
    public async Task A_conversation_is_its_tenants_alone()
    {
        var id = (await worker.Answer(new CreateConversation { Metadata = Acme })).Conversation!.Id;

        await Refused("conversationId", new GetConversation { ConversationId = id, Metadata = Globex });
        await Refused("conversationId",
            new UpdateConversation
            {
                ConversationId = id,
                StoreMetadata = new Dictionary<string, string>(),
                Metadata = Globex
            });
        await Refused("conversationId", new DeleteConversation { ConversationId = id, Metadata = Globex });
        await Refused("conversationId", Smallest with { ConversationId = id, Metadata = Globex });
        Assert.Equal(id,
            (await worker.Answer(new GetConversation { ConversationId = id, Metadata = Acme })).Conversation!.Id);
        await worker.Answer(Smallest with { ConversationId = id, Metadata = Acme });
        Assert.True((await worker.Answer(new DeleteConversation { ConversationId = id, Metadata = Acme })).Deleted);
    }

    [Fact]
    public async Task A_response_is_gone_on_from_by_its_tenant_alone()
    {
        var id = (await worker.Answer(Smallest with { Metadata = Acme })).ResponseId;

        await Refused("previousResponseId", Smallest with { PreviousResponseId = id, Metadata = Globex });
        await worker.Answer(Smallest with { PreviousResponseId = id, Metadata = Acme });
    }

    [Fact]
    public async Task Members_for_the_API_alone_and_free_calls_open_no_other_way()
    {
        var id = await File();
        var text = JsonSerializer.Serialize(id);

        await Refused("previousResponseId",
            Smallest with { Extra = Extra("previous_response_id", "\"resp_of_another\""), Metadata = Globex });
        await Refused("vectorStoreIds",
            Smallest with
            {
                Extra = Extra("tools", """[{"type":"file_search","vector_store_ids":["st_1"]}]"""),
                Metadata = Globex
            });
        await Refused("fileId", Smallest with
        {
            Extra = Extra("input",
                $$"""[{"role":"user","content":[{"type":"input_file","file_id":{{text}}}]}]"""),
            Messages = null,
            Metadata = Globex
        });
        await Refused("fileId", new CallApi { Path = $"files/{id}", Metadata = Globex });
        await Refused("fileId", new CallApi { Path = $"files/{id}/content", Metadata = Globex });
        await Refused("fileId", new CallApi { Path = $"files/%66{id[1..]}", Metadata = Globex });
        await Refused("fileIds", new CallApi
        {
            Path = "vector_stores",
            Body = JsonElement.Parse($$"""{"file_ids":[{{text}}]}"""),
            Metadata = Globex
        });
        await Refused("extra", new CallApi
        {
            Path = "responses",
            Body = JsonElement.Parse("""{"model":"m","input":[{"type":"item_reference","id":"msg_1"}]}"""),
            Metadata = Globex
        });
        Assert.Equal(id,
            (await worker.Answer(new CallApi { Path = $"files/{id}", Metadata = Acme })).Body!.Value.GetProperty("id")
                .GetString());
    }

    [Theory]
    [InlineData("files", null)]
    [InlineData("Files/file-1", null)]
    [InlineData("vector_stores", null)]
    [InlineData("batches", null)]
    [InlineData("batches", "{}")]
    [InlineData("evals", "{}")]
    [InlineData("organization/users", null)]
    [InlineData("anything/at/all", "{}")]
    public async Task A_free_call_that_may_reach_what_is_others_is_refused(string path, string? body)
    {
        var failure = await worker.Failure(
            new CallApi { Path = path, Body = body is null ? null : JsonElement.Parse(body), Metadata = Acme });

        Assert.Equal((FailureCodes.InvalidRequest, "path"), (failure.Code, failure.Member));
        Assert.Contains("Assistants:PerTenant", failure.Message, StringComparison.Ordinal);
        Assert.Empty(worker.Emulator.Calls);
    }

    [Fact]
    public async Task What_a_free_call_made_is_its_tenants_and_what_the_settings_name_is_everybodys()
    {
        var made = (await worker.Answer(new CallApi
        {
            Path = "conversations",
            Body = JsonElement.Parse("{}"),
            Metadata = Acme
        })).Body!.Value.GetProperty("id").GetString();

        await Refused("conversationId", new GetConversation { ConversationId = made, Metadata = Globex });
        Assert.Equal(made,
            (await worker.Answer(new GetConversation { ConversationId = made, Metadata = Acme })).Conversation!.Id);
        // The provider is called, and knows nothing of this name.
        await worker.Failure(new DeleteFile { FileId = "file-shared", Metadata = Globex });
        Assert.Equal("/v1/files/file-shared", worker.Emulator.Calls[^1].Path);
    }

    [Fact]
    public async Task Where_tenants_share_a_credentials_things_nothing_is_refused()
    {
        await using var shared = await EmbeddedWorker.Start("--Limits:Tenant=customer");
        var id = (await shared.Answer(Upload with { Metadata = Acme })).File!.Id;

        Assert.Equal(id, Assert.Single((await shared.Answer(new ListFiles { Metadata = Globex })).Files!).Id);
        Assert.True((await shared.Answer(new DeleteFile { FileId = id, Metadata = Globex })).Deleted);
    }

    async Task<string> File() => (await worker.Answer(Upload with { Purpose = "user_data", Metadata = Acme })).File!.Id;

    async Task Refused(string member, JobRequest job)
    {
        var calls = worker.Emulator.Calls.Count;

        var failure = await worker.Failure(job);

        Assert.Equal((FailureCodes.NotFound, member), (failure.Code, failure.Member));
        Assert.Equal(calls, worker.Emulator.Calls.Count);
    }

    static Dictionary<string, JsonElement> Extra(string name, string json) =>
        new() { [name] = JsonElement.Parse(json) };
}
