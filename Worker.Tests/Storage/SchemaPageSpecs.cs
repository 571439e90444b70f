using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Tests.Storage;

/// <summary>The operators' page names every existing table and column.</summary>
public sealed class SchemaPageSpecs : IAsyncDisposable
{
    readonly SqliteFile file = new();

    [Fact]
    public async Task Every_column_of_the_database_is_on_the_page_and_no_other()
    {
        var columns = await file.Database.Read(session => session.Rows(
            "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type IN "
                + "('table', 'view') AND m.name NOT LIKE 'sqlite_%'",
            row => row.GetString(0)), TestContext.Current.CancellationToken);

        Assert.Equal(columns.Order(StringComparer.Ordinal), Documented().Order(StringComparer.Ordinal));
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    static IEnumerable<string> Documented()
    {
        var table = "";
        foreach (var row in Repository.Read("docs/storage.md").Split('\n').Where(line => line.StartsWith('|'))
            .Select(line => line.Split('|')))
        {
            if (row[1].Trim() is ['`', ..] name)
                table = name.Trim('`');
            if (table.Length > 0 && row[2].Trim() is ['`', ..] column)
                yield return $"{table}.{column.Trim('`')}";
        }
    }
}
