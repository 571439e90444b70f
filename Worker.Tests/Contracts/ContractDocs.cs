using System.Reflection;
using System.Text.RegularExpressions;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Tests.Delivery;

namespace OpenAIWorker.Tests.Contracts;

public sealed class ContractDocs
{
    const string Document = "Contracts/README.md";

    static readonly IReadOnlyList<MarkdownTable> Tables = MarkdownTable.In(Document);
    static readonly IReadOnlyList<string> Codes =
        [.. typeof(FailureCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(code => (string)code.GetValue(null)!)];

    public static TheoryData<string> Records => [.. ContractTypes.Records.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Records))]
    public void Every_record_has_a_table_of_its_members_and_no_others(string record) => Assert.Equal(
        ContractTypes.Named(record).Members().Select(member => member.OnTheWire()),
        TableOf(record).Rows.Select(row => row[0]));

    [Theory]
    [MemberData(nameof(Records))]
    public void Every_member_has_the_type_that_the_table_says(string record) => Assert.All(
        ContractTypes.Named(record).Members().Zip(TableOf(record).Rows),
        pair => Assert.StartsWith(pair.First.PropertyType.InJson(), pair.Second[1], StringComparison.Ordinal));

    [Fact]
    public void Every_field_table_has_the_same_columns() => Assert.All(
        Tables.Where(table => table.Columns[0] == "Field"),
        table => Assert.Equal(["Field", "Type, range, unit", "When omitted", "Meaning", "Source"], table.Columns));

    [Fact]
    public void Table_of_failure_codes_is_the_closed_list() =>
        Assert.Equal(Codes, FailureTable.Rows.Select(row => row[0]));

    [Fact]
    public void Every_failure_code_has_a_kind_and_somebody_who_can_fix_it() => Assert.All(FailureTable.Rows, row =>
    {
        Assert.Matches("^(permanent|transient|throttled)( or (permanent|transient|throttled))*$", row[1]);
        Assert.Matches("^(sender|operator|provider)( or (sender|operator|provider))*$", row[2]);
    });

    [Fact]
    public void Operations_end_with_codes_of_the_list()
    {
        var lists = Regex.Matches(Repository.Read(Document), @"^\*\*Failure codes\.\*\* (.*)$", RegexOptions.Multiline);

        Assert.Equal(OperationCatalog.All.Count, lists.Count);
        Assert.All(lists, list =>
            Assert.All(Regex.Matches(list.Value, "`([a-z_]+)`"), code => Assert.Contains(code.Groups[1].Value, Codes)));
    }

    [Fact]
    public void Every_operation_has_its_queue_and_its_URN() =>
        Assert.All(OperationCatalog.All, operation => Assert.Contains(
        $"Queue `{RecordedBroker.QueueNames.Queue(operation.Name)}`, URN `{MessageUrn.ForType(operation.Request)}`",
        Repository.Read(Document), StringComparison.Ordinal));

    static MarkdownTable FailureTable => Tables.Single(table => table.Columns[0] == "code");

    static MarkdownTable TableOf(string record) => Assert.Single(
        Tables, table => table.Columns[0] == "Field" && Regex.IsMatch(table.Heading, $@"\b{record}$"));
}
