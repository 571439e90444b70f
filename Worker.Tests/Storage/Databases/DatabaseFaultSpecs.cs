using Npgsql;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Tests.Storage.Databases;

/// <summary>PostgreSQL's faults are told with the cure. The texts are those of PostgreSQL 15 behind PgBouncer
/// 1.18.</summary>
public sealed class DatabaseFaultSpecs
{
    const string Pooler = "Add Max Auto Prepare=0 to Storage:ConnectionString.";

    [Theory]
    [InlineData("26000", "prepared statement \"_auto1\" does not exist", Pooler)]
    [InlineData("42P05", "prepared statement \"_auto0\" already exists", Pooler)]
    [InlineData("08P01", "bind message supplies 0 parameters, but prepared statement \"_auto0\" requires 24", Pooler)]
    [InlineData("08P01", "invalid message format", null)]
    [InlineData("3F000", "no schema has been selected to create in",
        "Create the schema that the search_path of its user names.")]
    [InlineData("57014", "canceling statement due to statement timeout", null)]
    public void A_fault_that_an_operator_can_end_has_its_cure(string state, string says, string? cure) =>
        Assert.Equal(cure, DatabaseFaults.OfServer(new PostgresException(says, "ERROR", "ERROR", state))!.Cure);

    [Fact]
    public void A_disk_that_takes_no_file_is_full()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");

        var refused = Assert.Throws<IOException>(() => File.WriteAllText("/dev/full", "x"));

        Assert.Equal(StoreFault.Full, DatabaseFaults.OfFile(refused));
    }

    [Theory]
    [InlineData("42P01", "its tables are not those of this worker")]
    [InlineData("57014", "it did not answer in time")]
    [InlineData("55P03", "it did not answer in time")]
    [InlineData("57P01", "it cannot be reached")]
    public void A_server_that_gives_up_a_statement_can_be_reached(string state, string why) =>
        Assert.Equal(why, DatabaseFaults.OfServer(new PostgresException("", "ERROR", "ERROR", state))!.Why);
}
