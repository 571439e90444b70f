using OpenAIWorker.Jobs;
using OpenAIWorker.Operations.Schemas;

namespace OpenAIWorker.Cli.Send;

/// <summary>Says in the help whether a request needs a member.</summary>
static class NeededOption
{
    /// <param name="request">The contract.</param>
    /// <param name="name">The member.</param>
    /// <param name="givers">Other arguments of the command line that also set it.</param>
    public static string? Says(Type request, string name, IReadOnlyList<string> givers)
    {
        var member = MemberRules.Of(request).Single(member => member.Name == name);
        var isNeeded = member.Needed is not null || member.IsAlways(request, isStrict: true);
        return givers.Concat((member.Needed?.Unless ?? []).Select(Way)).Distinct().ToList() switch
        {
            { Count: > 0 } instead when isNeeded => $"Required, unless {Either(instead)} is given.",
            _ when isNeeded => "Required.",
            _ when MemberRules.OnlyOne(request) is { } names && names.Contains(name) =>
                $"Required: {Either(names.Select(MemberOption.NameOf).ToList())}.",
            _ => null,
        };
    }

    // Such as text, extra.input or instructions+conversationId.
    static string Way(string way) =>
        string.Join(" with ", way.Split('+').Select(member => MemberOption.NameOf(member.Split('.')[0])));

    static string Either(IReadOnlyList<string> ways) =>
        ways is [var only] ? only : $"{string.Join(", ", ways.SkipLast(1))} or {ways[^1]}";
}
