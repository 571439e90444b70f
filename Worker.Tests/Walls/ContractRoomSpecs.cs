using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Tests.Walls;

public sealed class ContractRoomSpecs
{
    [Fact]
    public void Contracts_need_no_package() =>
        Assert.DoesNotMatch(new Regex("<(Package|Project)Reference"), Repository.Read("Contracts/Contracts.csproj"));

    [Fact]
    public void Contracts_are_one_flat_namespace_because_it_is_their_name_on_the_wire() =>
        Assert.All(typeof(JobRequest).Assembly.GetExportedTypes(),
            type => Assert.Equal("OpenAIWorker.Contracts", type.Namespace));
}
