using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Tests.Storage.Records;

/// <summary>Which records a person's words select.</summary>
public sealed class JobSelectionSpecs
{
    [Theory]
    [InlineData("job", "%job%")]
    [InlineData("job_1", "%job!_1%")]
    [InlineData("50%", "%50!%%")]
    [InlineData("so!", "%so!!%")]
    public void A_part_of_an_id_is_looked_for_as_it_is_written(string text, string pattern) =>
        Assert.Contains(("text", (object?)pattern), new JobFilter { Text = text }.Sql.Parameters);

    [Theory]
    [InlineData("j", "acme", null, null)]
    [InlineData("j", null, "g", null)]
    [InlineData(null, "acme", null, "tenant = @tenant")]
    [InlineData(null, "acme", "g", "tenant = @tenant AND id = @group")]
    [InlineData(null, null, null, null)]
    public void Groups_are_deleted_with_their_jobs_and_not_with_one_of_them(string? id, string? tenant, string? group,
        string? groups) =>
        Assert.Equal(groups, new JobPurge(id, tenant, group).OfGroups);
}
