using System.Reflection;
using System.Text.RegularExpressions;
using MassTransit;
using OpenAIWorker.Contracts;
using OpenAIWorker.Operations;
using OpenAIWorker.Tests.Delivery.Topology;

namespace OpenAIWorker.Tests.Contracts;

public sealed class ContractDocs
{
    static readonly IReadOnlyList<string> Codes =
        [.. typeof(FailureCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(code => (string)code.GetValue(null)!)];

    public static TheoryData<string> Records => [.. ContractTypes.Records.Select(type => type.Name)];

    public static TheoryData<string> Operations => [.. OperationCatalog.All.Select(operation => operation.Name)];

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
        ContractPages.Tables.Where(table => table.Columns[0] == "Field"),
        table => Assert.Equal(["Field", "Type, range, unit", "When omitted", "Meaning", "Source"], table.Columns));

    [Fact]
    public void Table_of_failure_codes_is_the_closed_list() =>
        Assert.Equal(Codes, FailureTable.Rows.Select(row => row[0]));

    [Fact]
    public void Every_failure_code_has_a_kind_and_says_who_can_fix_it() => Assert.All(FailureTable.Rows, row =>
    {
        Assert.Matches("^(permanent|transient|throttled)( or (permanent|transient|throttled))*$", row[1]);
        Assert.Matches("^(sender|operator|provider)( or (sender|operator|provider))*$", row[2]);
    });

    [Fact]
    public void Every_operation_has_a_page_and_a_row_in_the_index()
    {
        var operations = OperationCatalog.All.OrderBy(operation => operation.Name, StringComparer.Ordinal).ToList();
        var rows = MarkdownTable.In(ContractPages.Index).Single(table => table.Columns[0] == "operation").Rows;

        Assert.Equal(operations.Select(operation => operation.Name), ContractPages.Operations);
        Assert.Equal(
            operations.Select(operation => (operation.Name, operation.Request.Name, operation.Result.Name)),
            rows.Select(row => (row[0], row[1], row[2])).OrderBy(row => row.Item1, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_ends_with_codes_of_the_list(string operation)
    {
        var section = Regex.Match(ContractPages.Of(operation), "^## Failure codes\n(.*?)^## ",
            RegexOptions.Multiline | RegexOptions.Singleline);

        Assert.True(section.Success);
        Assert.All(Regex.Matches(section.Groups[1].Value, "`([a-z]+_[a-z_]+)`"),
            code => Assert.Contains(code.Groups[1].Value, Codes));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operations_page_names_its_queue_and_its_URN(string operation) => Assert.Contains(
        $"Queue `{RecordedBroker.QueueNames.Queue(operation)}`, URN "
            + $"`{MessageUrn.ForType(OperationCatalog.Named(operation)!.Request)}`",
        ContractPages.Of(operation), StringComparison.Ordinal);

    static MarkdownTable FailureTable =>
        ContractPages.Tables.Single(table => table.Columns[0] == "code");

    static MarkdownTable TableOf(string record) => Assert.Single(
        ContractPages.Tables, table => table.Columns[0] == "Field" && Regex.IsMatch(table.Heading, $@"\b{record}$"));
}
