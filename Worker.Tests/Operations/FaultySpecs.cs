using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.Operations;

/// <summary>Each operation with each possible fault of the provider.</summary>
public class FaultySpecs : FaultyScene
{
    public static TheoryData<string, string> PassingFaults
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (fault, code) in Passing)
                data.Add(fault, code);
            return data;
        }
    }

    // Trying again does not depend on the operation, so each one shows only how it judges the fault. All at once: one
    // worker for all, and one second for those that hang.
    [Theory, MemberData(nameof(PassingFaults))]
    public Task What_may_pass_is_a_transient_failure_of_every_operation(string fault, string code) =>
        Fail(fault, code, isNative: false);

    [Theory, MemberData(nameof(PassingFaults))]
    public Task What_may_pass_is_a_transient_failure_of_every_operation_of_native_assistants(
        string fault, string code) => Fail(fault, code, isNative: true);

    [Theory, MemberData(nameof(PassingFaults))]
    public async Task What_may_pass_is_tried_again_and_then_given_up(string fault, string code)
    {
        await using var worker = await EmbeddedWorker.Start();
        worker.Emulator.Faults.Add(fault);

        var failure = await worker.Failure(
            Messages.Smallest with { MaxRetries = 1, Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal((code, FailureKind.Transient, 2, 1),
            (failure.Code, failure.Kind, failure.Attempts, failure.Waits));
        Assert.Equal(2, worker.Emulator.Bill.Calls);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("delete conversation")]
    public async Task Deleting_again_after_an_answer_was_lost_finds_nothing(string operation)
    {
        await using var worker = await Start(operation);
        var request = await Request(operation, worker);
        worker.Emulator.Faults.Add("broken#1");

        var failure = await worker.Failure(request);

        Assert.Equal((FailureCodes.NotFound, FailureKind.Permanent, 2), (failure.Code, failure.Kind, failure.Attempts));
    }

    static async Task Fail(string fault, string code, bool isNative)
    {
        var operations = Operations.Where(operation =>
            operation.StartsWith("native", StringComparison.Ordinal) == isNative).ToList();
        await using var worker = await Start(operations[0]);
        var requests = new List<JobRequest>();
        foreach (var operation in operations)
            requests.Add(await RequestOf(operation, worker));
        worker.Emulator.Clear();
        worker.Emulator.Faults.Add(fault);

        var failures = await Task.WhenAll(requests.Select(request =>
            worker.Failure(request with { MaxRetries = 0, Timeout = TimeSpan.FromSeconds(1) })));

        Assert.Equal(
            operations.Select(operation => (operation, code, FailureKind.Transient, 1, 0)),
            operations.Zip(failures, (operation, failure) =>
                (operation, failure.Code, failure.Kind, failure.Attempts, failure.Waits)));
        Assert.Equal(operations.Count, worker.Emulator.Bill.Calls);
    }
}
