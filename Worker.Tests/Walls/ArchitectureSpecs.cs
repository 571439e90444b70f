using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OpenAIWorker.Delivery;
using OpenAIWorker.Delivery.Admission;
using OpenAIWorker.Delivery.Broker;

namespace OpenAIWorker.Tests.Walls;

/// <summary>The page of the architecture matches the code. PageSpecs checks that its links lead to files.</summary>
public sealed partial class ArchitectureSpecs
{
    static readonly string Page = Repository.Read("docs/architecture.md");

    static readonly string Walks = Page.Split("\n## Five walks through the code\n")[1].Split("\n## ")[0];

    [Fact]
    public void There_are_five_walks_and_each_step_names_its_file()
    {
        var steps = Step().Matches(Walks).Select(step => step.Value).ToList();

        Assert.Equal(5, Walks.Split("\n### ").Length - 1);
        Assert.InRange(steps.Count, 20, 100);
        Assert.All(steps, step => Assert.Contains(".cs)", step, StringComparison.Ordinal));
    }

    // A link's text is the file's name, or words of a sentence. The name of a renamed class would otherwise stay.
    [Fact]
    public void A_link_that_is_named_after_a_class_leads_to_it() => Assert.All(ClassLink().Matches(Page), link =>
        Assert.Equal(link.Groups["file"].Value, link.Groups["name"].Value));

    [Fact]
    public void A_job_passes_the_gates_in_the_order_of_the_page()
    {
        var gates = new ServiceCollection().AddDelivery(new BrokerOptions())
            .Where(service => service.ServiceType == typeof(IJobGate))
            .Select(service => service.ImplementationType!.Name);

        Assert.Equal(gates, Gate().Matches(Walks.Split("\n### ")[1]).Select(link => link.Groups[1].Value));
    }

    [Fact]
    public void Every_room_is_on_the_page()
    {
        var rooms = new[] { "Worker", "Worker/Delivery" }.SelectMany(folder =>
            Repository.Files(folder, "*.cs").Select(file => file[(folder.Length + 1)..].Split('/'))
                .Where(parts => parts.Length > 1).Select(parts => $"{folder}/{parts[0]}").Distinct());

        Assert.All(rooms, room => Assert.Contains($"](../{room})", Page, StringComparison.Ordinal));
    }

    // From its number to the next step or heading, with the points of its list.
    [GeneratedRegex(@"^\d+\. .*?(?=^\d+\. |^#|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Step();

    [GeneratedRegex(@"\[(?<name>[A-Z]\w+[a-z][A-Z]\w+)\]\([^)]*/(?<file>\w+)\.cs\)", RegexOptions.ExplicitCapture)]
    private static partial Regex ClassLink();

    [GeneratedRegex(@"/Admission/(\w+Gate)\.cs\)")]
    private static partial Regex Gate();
}
