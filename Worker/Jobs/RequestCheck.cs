using System.Runtime.CompilerServices;
using System.Text.Json;
using OpenAIWorker.Contracts;
using OpenAIWorker.Json;

namespace OpenAIWorker.Jobs;

/// <summary>Checks whose error names the member, the value and what is allowed.</summary>
static class RequestCheck
{
    public static void Range<T>(string member, T? value, T least, T most) where T : struct, IComparable<T>
    {
        if (value is { } given && (given.CompareTo(least) < 0 || given.CompareTo(most) > 0))
            throw Wrong(member, $"{member} is {given}; allowed: {least} to {most}.");
    }

    public static void AtLeast(string member, double? value, double least)
    {
        if (value < least)
            throw Wrong(member, $"{member} is {value}; allowed: {least} and more.");
    }

    public static void Length(string member, string? text, int most)
    {
        if (text?.Length > most && Characters(text) is var given && given > most)
            throw Wrong(member, $"{member} has {given} characters; allowed: up to {most}.");
    }

    /// <summary>NUL ends a text for many programs, and databases refuse it.</summary>
    public static void NoNul(string member, string? text)
    {
        if (text?.Contains('\0') == true)
            throw Wrong(member,
                $"{member} is {ShownValue.Of(text.Replace("\0", "\\0", StringComparison.Ordinal))}; allowed: all "
                    + "characters but NUL (\\0).");
    }

    public static void Count<T>(string member, IReadOnlyCollection<T>? items, int least, int most)
    {
        if (items is not null)
            Entries(member, items.Count, least, most);
    }

    /// <summary>For a list that is already counted.</summary>
    public static void Entries(string member, int count, int least, int most)
    {
        if (count < least || count > most)
            throw Wrong(member,
                $"{member} has {count} entries; allowed: {least} "
                    + $"{(most == int.MaxValue ? "and more" : $"to {most}")}.");
    }

    public static void OneOf(string member, string? value, params ReadOnlySpan<string> allowed)
    {
        if (value is not null && !allowed.Contains(value))
            throw Wrong(member, $"{member} is {ShownValue.Of(value)}; allowed: {string.Join(", ", allowed)}.");
    }

    public static void Needed(string member, bool isThere, string cure)
    {
        if (!isThere)
            throw Wrong(member, $"{member} is missing: {cure}");
    }

    /// <summary>There is no default, because models retire.</summary>
    public static void Model(JobRequest request, string? model, string example) =>
        Needed("model", !string.IsNullOrWhiteSpace(model) || request.HasExtra("model"),
            $"name one, such as {example}.");

    public static void Never(string member, bool isSo, string why)
    {
        if (isSo)
            throw Wrong(member, why.StartsWith("is ", StringComparison.Ordinal)
                ? $"{member} {why}"
                : $"{member}: {why}");
    }

    public static void Never(string member, bool isSo,
        [InterpolatedStringHandlerArgument(nameof(isSo))] ref RefusalText why)
    {
        if (isSo)
            Never(member, isSo, why.ToStringAndClear());
    }

    /// <summary>For calls without a body.</summary>
    public static void NoBody(JobRequest request) =>
        Never("extra", request.Extra is { Count: > 0 }, "goes into the body, but this call has none. Leave it out.");

    /// <summary>Whether the sender set an API parameter directly, through <c>extra</c>.</summary>
    /// <param name="request">The job.</param>
    /// <param name="path">Such as <c>text.format</c>.</param>
    public static bool HasExtra(this JobRequest request, string path)
    {
        if (request.Extra is not { Count: > 0 } extra)
            return false;
        var steps = path.Split('.');
        return extra.TryGetValue(steps[0], out var first)
            && steps.Skip(1).Aggregate((JsonElement?)first, (inner, step) => inner?.Member(step)) is not null;
    }

    /// <summary>
    /// A default of the worker, unless the sender set the parameter directly: a default must not contradict the sender.
    /// </summary>
    public static T? Unless<T>(this JobRequest request, T? value, params IEnumerable<string> paths) =>
        paths.Any(request.HasExtra) ? default : value;

    // Characters beyond the first 65,536 take two units in a .NET string, but count as one everywhere else.
    static int Characters(string text) => text.Length - text.Count(char.IsLowSurrogate);

    static FailureException Wrong(string member, string message) => new(Failure.Invalid(member, message));
}
