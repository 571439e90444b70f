using Npgsql;
using OpenAIWorker.Storage.Databases;

namespace OpenAIWorker.Tests.Storage;

/// <summary>PostgreSQL addresses in the forms of other clients.</summary>
public sealed class PostgresAddressSpecs
{
    [Theory]
    [
        InlineData(
            "postgresql://worker:p%40ss@db.example:6432/assistants?sslmode=verify-full&sslrootcert=/etc/ca.pem&"
                + "connect_timeout=7&application_name=worker&channel_binding=require")]
    [
        InlineData(
            "host=db.example port=6432 dbname=assistants user=worker password='p@ss' sslmode=verify-full "
                + "sslrootcert=/etc/ca.pem connect_timeout=7 application_name=worker channel_binding=require")]
    [
        InlineData(
            "Host=db.example;Port=6432;Database=assistants;Username=worker;Password=p@ss;SSL Mode=VerifyFull;Root "
                + "Certificate=/etc/ca.pem;Timeout=7;Application Name=worker;Channel Binding=Require")]
    public void Every_way_of_saying_it_says_the_same(string given)
    {
        var pairs = Read(given);

        Assert.Equal(("worker", "p@ss", "db.example", 6432, "assistants"),
            (pairs.Username, pairs.Password, pairs.Host, pairs.Port, pairs.Database));
        Assert.Equal((SslMode.VerifyFull, "/etc/ca.pem", 7, "worker", ChannelBinding.Require),
            (pairs.SslMode, pairs.RootCertificate, pairs.Timeout, pairs.ApplicationName, pairs.ChannelBinding));
    }

    [Theory]
    [InlineData("postgresql://worker@a:5432,b:5433/assistants", "a:5432,b:5433")]
    [InlineData("postgres://worker@a,b:5433/assistants", "a,b:5433")]
    [InlineData("host=a,b port=5432,5433 dbname=assistants", "a:5432,b:5433")]
    [InlineData("host=a,b port=5433", "a,b")]
    public void Of_several_hosts_the_one_that_takes_writes_is_wanted(string given, string hosts) =>
        Assert.Equal((hosts, "read-write"), (Read(given).Host, Read(given).TargetSessionAttributes));

    [Theory]
    [InlineData("postgresql:///assistants?host=/var/run/postgresql", "/var/run/postgresql")]
    [InlineData("postgresql://%2Fvar%2Frun%2Fpostgresql/assistants", "/var/run/postgresql")]
    [InlineData("host=/var/run/postgresql dbname=assistants", "/var/run/postgresql")]
    [InlineData("postgresql://[::1]:5433/assistants", "::1")]
    [InlineData("Server=db;Database=assistants", "db")]
    public void Sockets_and_addresses_are_hosts_too(string given, string host) =>
        Assert.Equal((host, "assistants"), (Read(given).Host, Read(given).Database));

    [Theory]
    [
        InlineData(
            "postgresql://worker:s3cret@db/worker?target_session_attrs=any&load_balance_hosts=random&keepalives=1&"
                + "keepalives_idle=30&sslnegotiation=direct&gssencmode=disable")]
    [InlineData("postgresql://db/worker?Pooling=false&Maximum%20Pool%20Size=5&sslcompression=0")]
    [InlineData("host = db user = worker password = 'a b' ")]
    [InlineData(@"host=db password='it\'s \\ here'")]
    public void What_other_clients_take_is_taken(string given) => Assert.Equal("db", Read(given).Host);

    [Theory]
    [InlineData("postgresql://db/worker?sslmode=verify-fulll",
        "Its sslmode is 'verify-fulll'; allowed: disable, allow, prefer, require, verify-ca, verify-full.")]
    [InlineData("host=db connect_timeout=soon", "Its connect_timeout is 'soon'; allowed: 0 to 1024.")]
    [InlineData("postgresql://db:99999/worker", "Its port is '99999'; allowed: 1 to 65535.")]
    [InlineData("postgresql://a,b/worker?port=1,2,3",
        "It has 2 hosts and 3 ports. Give one port for all, or one for each.")]
    [InlineData("postgresql://db/worker?sslmod=require", "It has sslmod, which is not a keyword.")]
    [InlineData("postgresql://worker:100%@db/worker",
        "Its password has a % that does not begin an escape. Write %25 for a %.")]
    [InlineData("host=db password='s3cret", "Its password begins with a quote that is never closed.")]
    [InlineData("host=db password=two s3crets", "A part of it lacks the form KEYWORD=VALUE, such as host=db.")]
    [InlineData("host=db Maximum Pool Size=x", "A part of it lacks the form KEYWORD=VALUE")]
    [InlineData("Host=db;Maximum Pool Size=x", "Its Maximum Pool Size has a value that is not allowed.")]
    [InlineData("mysql://worker:s3cret@db/worker", "A part of it lacks the form KEYWORD=VALUE")]
    [InlineData("postgresql:///worker", "It names no host.")]
    [InlineData("hostaddr=10.0.0.1", "It has hostaddr, which this client does not know. Give the address as host.")]
    public void A_refusal_names_the_part_and_no_secret(string given, string problem)
    {
        Assert.StartsWith(problem, PostgresAddress.Problem(given), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", PostgresAddress.Problem(given), StringComparison.Ordinal);
    }

    static NpgsqlConnectionStringBuilder Read(string given) => new(PostgresAddress.Read(given));
}
