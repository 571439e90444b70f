using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Settings;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Upstream.Responses;

namespace OpenAIWorker.Cli.Send;

static class SendRun
{
    // A person reads the answer, not a log.
    static readonly IReadOnlyList<string> Defaults = ["--Logging:LogLevel:Default=Critical"];

    // A waiting client is never away for longer than its connection is lost.
    static readonly TimeSpan RepliesKept = TimeSpan.FromMinutes(5);

    public static async Task<int> Run(IReadOnlyList<string> given, Func<JobRequest> read, SendOptions options,
        CancellationToken cancellation)
    {
        IReadOnlyList<string> settings = [.. Defaults, .. given];
        if (!options.Wait && WorkerHost.Settings(settings).Configuration.Read<BrokerOptions>().IsEmbedded)
            throw new SettingsException(
                [
                    "Broker:Uri is missing: there is no broker to send the job to. Set it, or run the job here with "
                        + "--wait."]);
        try
        {
            var job = read();
            // Before the job is paid for.
            SavedFiles.CheckTarget("--save", options.Save);
            if (options.Json || options.Save is null)
                ClosedStreams.NeedOutput();
            await using var client = JobClients.Open(settings, options.Wait ? Guid.NewGuid().ToString("N") : null,
                RepliesKept);
            var ending = new TaskCompletionSource<JobEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (client.IsEmbedded)
                client.Paused += paused => Refuse(paused, ending);
            var patience = new SendPatience(client, job.JobId!, TimeProvider.System, Told.Error);
            await client.Receive(arrived => Take(arrived, ending, patience), cancellation);
            await client.Send(job, cancellation);
            if (options.Wait)
                return await Show(await patience.Wait(ending.Task, cancellation), options, settings, cancellation);
            Console.Out.WriteLine(job.JobId);
            return ExitCodes.Success;
        }
        catch (FailureException wrong)
        {
            Told.Error(wrong.Failure.Message);
            return ExitCodes.Usage;
        }
    }

    // Only workers wait until a key is corrected.
    static void Refuse(CredentialPaused paused, TaskCompletionSource<JobEvent> ending) => ending.TrySetException(
        new SettingsException([PlainText.Line(
            $"The provider refuses the credential '{paused.Credential}': {paused.Message}".Then(
                "Correct it and send the job again."))]));

    static Task Take(JobEvent arrived, TaskCompletionSource<JobEvent> ending, SendPatience patience)
    {
        patience.Hear();
        if (arrived.Type != JobEvent.Delayed)
            ending.TrySetResult(arrived with { Body = arrived.Body.ToArray() });
        else if (JsonElement.Parse(arrived.Body.Span) is var delayed)
            Told.Error(PlainText.Of($"Waits until {delayed.Text("until")}: {delayed.Text("message")}"));
        return Task.CompletedTask;
    }

    static async Task<int> Show(JobEvent ending, SendOptions options, IReadOnlyList<string> settings,
        CancellationToken cancellation)
    {
        var (body, whole) = (JsonElement.Parse(ending.Body.Span), Encoding.UTF8.GetString(ending.Body.Span));
        if (ending.Type != Endings.Completed)
        {
            if (options.Json)
                Write(whole, PlainText.Json);
            else
                Told.Error(PlainText.Of($"{body.Text("code")}: {body.Text("message")}"));
            return ExitCodes.Failed;
        }
        var isLost = options.Save is { } file && !await SavedFiles.Save(body, file, settings, cancellation);
        // A paid result that could not be saved is shown.
        if (options.Json || isLost)
            Write(whole, PlainText.Json);
        else if (options.Save is null && body.Text("text") is { } answer)
            Write(answer, PlainText.Of);
        else if (options.Save is null)
            Write(body.GetRawText(), PlainText.Json);
        return isLost ? ExitCodes.Failed : ExitCodes.Success;
    }

    // A program or a file gets what the provider answered; in a terminal it controls nothing.
    static void Write(string text, Func<string, string> plain) =>
        Console.Out.WriteLine(Console.IsOutputRedirected ? text : plain(text));
}
