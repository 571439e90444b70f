using System.Text;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Bodies;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Security;

/// <summary>A member that occurs twice: JSON readers differ in which one they use, so the job is refused.</summary>
public sealed class RepeatedMemberSpecs(WorkerScene scene) : IClassFixture<WorkerScene>
{
    const string Rest = "\"messages\":[{\"text\":\"x\"}]";

    [Theory]
    [InlineData("jobId", $$"""{"jobId":"a","model":"m",{{Rest}},"jobId":"b"}""")]
    [InlineData("Model", $$"""{"model":"m",{{Rest}},"Model":"n"}""")]
    [InlineData("model", $$"""{"model":"m",{{Rest}},"mod\u0065l":"n"}""")]
    [InlineData("messages[1].text", """{"model":"m","messages":[{"text":"x"},{"text":"y","text":"z"}]}""")]
    [InlineData("messages[0].TEXT", """{"model":"m","messages":[{"text":"x","TEXT":"z"}]}""")]
    [InlineData("metadata.a", $$$"""{"model":"m",{{{Rest}}},"metadata":{"a":"1","a":"1"}}""")]
    [InlineData("extra.a[0][1].b", $$$"""{"model":"m",{{{Rest}}},"extra":{"a":[[1,{"b":1,"b":2}]]} }""")]
    [InlineData("output.schema.properties",
        $$$"""{"model":"m",{{{Rest}}},"output":{"type":"jsonSchema","schema":{"properties":{},"properties":{} } } }""")]
    [InlineData("model", $$"""/* a comment */{"model":"m",{{Rest}},"model":"n",}""")]
    // Around a job.
    [InlineData("data",
        $$$"""{"specversion":"1.0","id":"e","data":{"model":"m",{{{Rest}}}},"data":{"model":"n",{{{Rest}}}}}""")]
    [InlineData("model", $$$"""{"specversion":"1.0","id":"e","data":{"model":"m","model":"n",{{{Rest}}}}}""")]
    [InlineData("json", $$$"""{"json":{"model":"m",{{{Rest}}}},"json":{"model":"n",{{{Rest}}}}}""")]
    [InlineData("Message",
        $$$"""{"messageType":["urn:message:x"],"message":{"model":"m",{{{Rest}}}},"Message":{"model":"n",{{{Rest}}}}}""")]
    [InlineData("model", $$$"""{"messageType":["urn:message:x"],"message":{"model":"m",{{{Rest}}},"model":"n"}}""")]
    public void It_is_named(string member, string body)
    {
        var fault = PlainBody.Of(Encoding.UTF8.GetBytes(body), null, "message-model").Fault;

        Assert.Equal((FailureCodes.InvalidRequest, member, $"{member} occurs twice. Leave one of them out."),
            (fault?.Code, fault?.Member, fault?.Message));
    }

    [Theory]
    [InlineData("message-model", $$$"""{"model":"m",{{{Rest}}},"metadata":{"a":"1","A":"2"}}""")]
    [InlineData("message-model",
        $$$"""{"model":"m",{{{Rest}}},"output":{"type":"jsonSchema","schema":{"properties":{"id":{},"ID":{} } } } }""")]
    [InlineData("call-api", """{"path":"x","body":{"a":1,"a":2,"b":{"c":1,"c":2}}}""")]
    [InlineData("call-api", """{"json":{"path":"x","body":{"a":1,"a":2}}}""")]
    public void Names_that_differ_and_what_is_passed_on_as_it_is_are_let_be(string operation, string body) =>
        Assert.Null(PlainBody.Of(Encoding.UTF8.GetBytes(body), null, operation).Fault);

    [Fact]
    public async Task The_refusal_of_a_job_with_two_ids_is_told_once_by_the_last_and_nothing_is_called()
    {
        var (first, last) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var calls = scene.Emulator.Calls.Count;

        await scene.Client.Publish("message-model",
            $$"""{"jobId":"{{first}}","model":"m",{{Rest}},"jobId":"{{last}}"}""");

        Assert.Equal((FailureCodes.InvalidRequest, "jobId"),
            ((await scene.Client.Ending(last)) is var ending ? ending.Code : null,
                ending.Body.GetProperty("member").GetString()));
        Assert.DoesNotContain(scene.Client.Events, arrived => arrived.JobId == first);
        Assert.Equal(calls, scene.Emulator.Calls.Count);
    }

    [Fact]
    public async Task A_refused_job_is_known_by_its_id_in_any_case()
    {
        var job = Guid.NewGuid().ToString();

        await scene.Client.Publish("message-model", $$"""{"JobID":"{{job}}","model":5}""");

        Assert.Equal(FailureCodes.InvalidRequest, (await scene.Client.Ending(job)).Code);
    }
}
