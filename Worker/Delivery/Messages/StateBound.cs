using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Tools;

namespace OpenAIWorker.Delivery.Messages;

/// <summary>
/// Limits a job's state to the size of a message. First, parts that can be obtained again are dropped: the assistant's
/// definition and the model's reasoning. Then the longest answers of functions are omitted, and the model is told so.
/// </summary>
static class StateBound
{
    /// <summary>The state, with shorter answers if it would not fit. Null: it does not fit even then.</summary>
    public static JobState? Fitted(JobState state)
    {
        if (!JobStateHeader.Fits(state))
            state = state with { Assistant = null };
        if (!JobStateHeader.Fits(state) && !AreDemanded(state))
            state = state with { Items = null };
        var whole = state;
        // Halved each time, so that a hundred answers do not take a hundred attempts.
        for (var longest = ToolWords.Longest; !JobStateHeader.Fits(state); longest /= 2)
        {
            if (longest < Shortest)
                return state.Items is null ? null : Fitted(whole with { Items = null });
            state = Without(state, longest);
        }
        return state;
    }

    // Below this, the text that replaces an answer would be as long.
    const int Shortest = 256;

    // Providers of Chat Completions refuse a turn without the model's reasoning in it; Responses reason again.
    static bool AreDemanded(JobState state) =>
        state.Items?.Any(items =>
            items.Any(item => item.Member("role") is not null && item.Member("type") is null)) == true;

    static JobState Without(JobState state, int longest) => state with
    {
        Calls = state.Calls?.Select(call =>
            call.Answer?.Length > longest ? call with { Answer = Words(call.Answer.Length) } : call).ToList(),
        Said = state.Said?.Select(message => message is { Role: "tool", Text.Length: var length } && length > longest
            ? message with { Text = Words(length) }
            : message).ToList(),
    };

    static string Words(int length) =>
        ToolWords.Error(
            $"The tools' answers together are larger than a job can carry, so this answer of {length} characters was "
                + "left out. Ask for less at once.");
}
