using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Operations;

namespace OpenAIWorker.Tests.Security;

/// <summary>
/// A number that .NET cannot hold is read as infinity, which cannot be written again: a job with one would fail where
/// it has to wait.
/// </summary>
public sealed class EndlessNumberSpecs
{
    // Each operation's own member, if it has one.
    public static TheoryData<string, string> Members =>
    [
        .. from operation in OperationCatalog.All
           from member in operation.Json.Properties
           where member.PropertyType == typeof(double?)
           select new TheoryDataRow<string, string>(operation.Name, member.Name),
    ];

    [Theory]
    [InlineData("\"-Infinity\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"NaN\"")]
    [InlineData("1e999")]
    public void A_duration_without_end_is_refused_and_named(string duration)
    {
        var refused = Assert.Throws<FailureException>(() =>
            RequestReading.Read(OperationCatalog.Named("message-model")!,
                JsonElement.Parse($$"""{"timeout":{{duration}}}"""))).Failure;

        Assert.Equal((FailureCodes.InvalidRequest, "timeout"), (refused.Code, refused.Member));
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void It_is_refused_where_it_is_read_and_named(string operation, string member)
    {
        foreach (var number in new[] { "1e999", "-1e999", new string('9', 400) })
        {
            var refused = Assert.Throws<FailureException>(() =>
                RequestReading.Read(OperationCatalog.Named(operation)!,
                    JsonElement.Parse($$"""{"{{member}}":{{number}}}"""))).Failure;

            Assert.Equal((FailureCodes.InvalidRequest, member), (refused.Code, refused.Member));
        }
    }
}
