using OpenAIWorker.Contracts;
using static OpenAIWorker.Tests.Operations.Messages;

namespace OpenAIWorker.Tests.Operations.Assistants;

/// <summary>Assistants are changed, listed and deleted, wherever they are stored.</summary>
public abstract class AssistantChangeContract : AssistantKeepingContract
{
    [Fact]
    public async Task What_a_change_does_not_speak_of_stays()
    {
        await using var worker = await Start();
        await worker.Answer(Everything);

        var changed = (await worker.Answer(Change)).Assistant!;

        Assert.Equal(("Be kind.", "Counts.", "m", 0.5),
            (changed.Instructions, changed.Description, changed.Model, changed.Temperature!.Value));
        Assert.True(changed.CodeInterpreter && changed.KnowledgeRetrieval);
        Assert.Equal(OutputType.JsonSchema, changed.Output!.Type);
        Assert.Single(changed.Functions!);
    }

    [Fact]
    public async Task Every_member_can_be_changed()
    {
        await using var worker = await Start();
        var id = (await worker.Answer(Everything)).Assistant!.Id;

        var changed = (await worker.Answer(new UpdateAssistant
        {
            AssistantId = id,
            Model = "n",
            Name = "Bo",
            Description = "",
            Instructions = "",
            CodeInterpreter = false,
            KnowledgeRetrieval = true,
            VectorStoreIds = ["vs_2"],
            RemoveCustomTools = true,
            Functions = [new() { Name = "time" }],
            Output = new() { Type = OutputType.JsonObject },
            Temperature = 1,
            TopP = 1,
            ReasoningEffort = "high",
            StoreMetadata = new Dictionary<string, string>(),
        })).Assistant!;

        Assert.Equal((id, "n", "Bo", "", ""),
            (changed.Id, changed.Model, changed.Name, changed.Description, changed.Instructions));
        Assert.Equal((false, true, "vs_2", "time"),
            (changed.CodeInterpreter, changed.KnowledgeRetrieval, changed.VectorStoreIds![0],
                Assert.Single(changed.Functions!).Name));
        Assert.Equal((OutputType.JsonObject, 1, 1, "high"),
            (changed.Output!.Type, changed.Temperature!.Value, changed.TopP!.Value, changed.ReasoningEffort));
        Assert.Empty(changed.StoreMetadata!);
        Assert.Null(changed.CodeInterpreterFileIds);
        Assert.Equal("Bo", (await worker.Answer(new UpdateAssistant { AssistantName = "Bo" })).Assistant!.Name);
    }

    [Fact]
    public async Task Custom_tools_go_and_the_others_stay()
    {
        await using var worker = await Start();
        await worker.Answer(Everything);

        var changed = (await worker.Answer(
            new UpdateAssistant { AssistantName = "Ada", RemoveCustomTools = true })).Assistant!;

        Assert.Null(changed.Functions);
        Assert.True(changed.CodeInterpreter && changed.KnowledgeRetrieval);
    }

    [Fact]
    public async Task Function_of_a_known_name_goes_into_the_place_of_the_old()
    {
        await using var worker = await Start();
        await worker.Answer(Everything);

        var changed = (await worker.Answer(new UpdateAssistant
        {
            AssistantName = "Ada",
            Functions = [new() { Name = "time" }, new() { Name = "weather", Description = "New" }]
        })).Assistant!;

        Assert.Equal([("time", null), ("weather", "New")],
            changed.Functions!.Select(function => (function.Name, function.Description)));
    }

    [Theory]
    [InlineData("asc", "a b c")]
    [InlineData(null, "c b a")]
    public async Task Pages_follow_one_another(string? order, string expected)
    {
        await using var worker = await Start();
        foreach (var name in new[] { "a", "b", "c" })
            await worker.Answer(Ada with { Name = name });

        var first = await worker.Answer(new ListAssistants { Order = order, Limit = 2 });
        var second = await worker.Answer(
            new ListAssistants { Order = order, Limit = 2, After = first.Assistants![^1].Id });

        Assert.Equal(expected, string.Join(' ',
            first.Assistants.Concat(second.Assistants!).Select(assistant => assistant.Name)));
        Assert.Equal((true, false), (first.HasMore!.Value, second.HasMore!.Value));
    }

    [Fact]
    public async Task Deleted_assistant_is_gone()
    {
        await using var worker = await Start();
        var id = (await worker.Answer(Ada)).Assistant!.Id;

        var deleted = await worker.Answer(new DeleteAssistant { AssistantName = "Ada" });

        Assert.Equal((id, true), (deleted.AssistantId, deleted.Deleted!.Value));
        Assert.Equal(FailureCodes.NotFound, (await worker.Failure(new DeleteAssistant { AssistantId = id })).Code);
        Assert.Equal(FailureCodes.NotFound, (await worker.Failure(new DeleteAssistant { AssistantName = "Ada" })).Code);
        Assert.Equal(FailureCodes.NotFound, (await worker.Failure(Change)).Code);
        Assert.Equal(FailureCodes.NotFound,
            (await worker.Failure(ToAssistant with { AssistantId = id, AssistantName = null })).Code);
        Assert.Empty((await worker.Answer(new ListAssistants())).Assistants!);
    }
}
