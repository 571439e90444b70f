using System.Diagnostics;
using Microsoft.Extensions.Options;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Settings;
using OpenAIWorker.Telemetry;

namespace OpenAIWorker.Cli;

/// <summary>Explains whatever ends a verb in sentences, never with a stack trace.</summary>
static class Faults
{
    /// <summary>The sentences, and the exit code.</summary>
    public static (IReadOnlyList<string> Says, int Code) Of(Exception wrong) => wrong switch
    {
        SettingsException settings => ([.. settings.Problems], ExitCodes.Usage),
        OptionsValidationException options => ([.. options.Failures], ExitCodes.Usage),
        AggregateException several => All([.. several.InnerExceptions.Select(Of)]),
        BrokerUnavailableException away => ([away.Message], ExitCodes.Failed),
        OperationCanceledException => ([], ExitCodes.Interrupted),
        _ when BrokerConnectionFailure.IsOfBroker(wrong) =>
            ([$"The connection to the broker broke: {Words(wrong)}"], ExitCodes.Failed),
        // The system's message about a file contains its name; a message without a name is about the verb's output.
        IOException nameless when !nameless.Message.Contains('\'', StringComparison.Ordinal) =>
            ([$"The output cannot be written: {Words(wrong)}."], ExitCodes.Failed),
        IOException or UnauthorizedAccessException => ([Words(wrong)], ExitCodes.Failed),
        _ =>
            ([$"An error of the worker itself, at {Place(wrong)}: {wrong.GetType().Name}: {Words(wrong)}"],
                ExitCodes.Failed),
    };

    static (IReadOnlyList<string> Says, int Code) All(IReadOnlyList<(IReadOnlyList<string> Says, int Code)> several) =>
        ([.. several.SelectMany(one => one.Says).Distinct()], several.Max(one => one.Code));

    static string Words(Exception wrong) => PlainText.Line(wrong.Message.ReplaceLineEndings(" "));

    // The top frame is enough to find it; a page of frames would hide what happened.
    static string Place(Exception wrong) => new StackTrace(wrong).GetFrames().Select(frame => frame.GetMethod())
        .FirstOrDefault(method =>
            method?.DeclaringType?.Namespace?.StartsWith(nameof(OpenAIWorker),
                StringComparison.Ordinal) == true) is { } method
        ? $"{method.DeclaringType!.FullName}.{method.Name}"
        : "an unknown place";
}
