using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;
using static OpenAIWorker.Jobs.RequestCheck;

namespace OpenAIWorker.Jobs;

/// <summary>
/// Checks a request by the attributes of its contract: ranges, lengths, closed lists and required members. Rules that
/// depend on several members are checked by the operation.
/// </summary>
static class ContractRules
{
    public static void Check(JobRequest request) => Members(request, "");

    // The operation reports the request's own required members, with an example.
    static void Inside(object holder, string here)
    {
        Never(here, holder is null, "is null.");
        OnlyOne(holder!, here);
        foreach (var member in MemberRules.Of(holder!.GetType())
            .Where(member => member.IsNeeded && !SaysSomething(member, member.Read(holder))))
            Needed($"{here}.{member.Name}", isThere: false, Wanted(member));
        Members(holder, $"{here}.");
    }

    static void OnlyOne(object holder, string here)
    {
        if (MemberRules.OnlyOne(holder.GetType()) is not { } ways)
            return;
        var members = MemberRules.Of(holder.GetType()).Where(member => ways.Contains(member.Name));
        var given = members.Count(member => member.Read(holder) is not null);
        Never(here, given != 1,
            $"has {given} of {string.Join(", ", ways.SkipLast(1))} and {ways[^1]}; allowed: exactly one.");
    }

    static bool SaysSomething(MemberRules member, object? value) =>
        value is string text && member.Needed is { MayBeBlank: false }
            ? !string.IsNullOrWhiteSpace(text)
            : value is not null;

    static string Wanted(MemberRules member) => member.Names is { } names
        ? $"allowed: {string.Join(", ", names)}."
        : "it is required there. See Contracts/README.md.";

    static void Members(object holder, string path)
    {
        foreach (var member in MemberRules.Of(holder.GetType()))
        {
            if (member.Read(holder) is { } value)
                Value(member, path + member.Name, value);
        }
    }

    static void Value(MemberRules member, string here, object value)
    {
        switch (value)
        {
            case string text:
                OfText(here, text, member.Values, member.Pattern?.Pattern, member.Pattern?.ErrorMessage,
                    member.Text?.MaximumLength ?? int.MaxValue);
                break;
            case IReadOnlyDictionary<string, string> pairs:
                OfPairs(member, here, pairs);
                break;
            case IReadOnlyList<object> entries:
                OfEntries(member, here, entries);
                break;
            case var _ when member.Range is { } range:
                OfNumber(here, range, value);
                break;
            case var _ when MemberRules.IsContract(value.GetType()):
                Inside(value, here);
                break;
        }
    }

    static void OfNumber(string here, RangeAttribute range, object value)
    {
        if (value is TimeSpan time)
            Range(here, (TimeSpan?)time, TimeOf(range.Minimum), TimeOf(range.Maximum));
        else if (IsOpen(range))
            AtLeast(here, NumberOf(value), NumberOf(range.Minimum));
        else
            Range(here, (double?)NumberOf(value), NumberOf(range.Minimum), NumberOf(range.Maximum));
    }

    /// <summary>Whether a range has no upper limit.</summary>
    public static bool IsOpen(RangeAttribute range) => NumberOf(range.Maximum) >= int.MaxValue;

    public static TimeSpan TimeOf(object bound) =>
        bound is TimeSpan time ? time : TimeSpan.Parse((string)bound, CultureInfo.InvariantCulture);

    static double NumberOf(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    static void OfText(string here, string text, IReadOnlyList<string>? values, string? pattern, string? words,
        int most)
    {
        Length(here, text, most);
        if (values is not null)
            OneOf(here, text, [.. values]);
        Never(here, pattern is not null && !IsMatch(pattern, text), $"is {ShownValue.Of(text)}; allowed: {words}.");
    }

    // Matches the whole text: $ alone would allow a line break after it.
    static bool IsMatch(string pattern, string text) =>
        Regex.Match(text, pattern) is { Success: true } match && match.Length == text.Length;

    static void OfPairs(MemberRules member, string here, IReadOnlyDictionary<string, string> pairs)
    {
        Entries(member, here, pairs.Count);
        foreach (var (key, value) in pairs)
        {
            Never($"{here}.{key}", value is null && member.Each is not { MayBeNull: true },
                "is null. Give a text, or leave it out.");
            Length($"{here} key '{key}'", key, member.Each?.MaximumKeyLength ?? int.MaxValue);
            Length($"{here}.{key}", value, member.Each?.MaximumLength ?? int.MaxValue);
        }
    }

    static void OfEntries(MemberRules member, string here, IReadOnlyList<object> entries)
    {
        Entries(member, here, entries.Count);
        foreach (var (index, entry) in entries.Index())
        {
            var place = $"{here}[{index}]";
            if (entry is string text)
                OfText(place, text, member.Each?.Values, member.Each?.Pattern, member.Each?.Words,
                    member.Each?.MaximumLength ?? int.MaxValue);
            else
                Inside(entry, place);
        }
    }

    static void Entries(MemberRules member, string here, int count)
    {
        if (member.Count is { } bounds)
            RequestCheck.Entries(here, count, bounds.MinimumLength, bounds.MaximumLength);
    }
}
