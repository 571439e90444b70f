using System.CommandLine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenAIWorker.Cli.Batch;
using OpenAIWorker.Cli.Dead;
using OpenAIWorker.Cli.Schemas;
using OpenAIWorker.Cli.Send;
using OpenAIWorker.Cli.Watch;
using OpenAIWorker.Delivery;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli;

/// <summary>The program: no verb runs the worker.</summary>
static class WorkerCommand
{
    public static async Task<int> Run(string[] args)
    {
        try
        {
            return await RunVerb(args);
        }
        catch (Exception wrong) when (Problems(wrong) is { } problems)
        {
            return Wrong(problems);
        }
    }

    static async Task<int> RunVerb(string[] args)
    {
        var (settings, words) = SettingArguments.Split(args);
        var root = new RootCommand("Takes OpenAI jobs from a message broker. Without a verb: runs the worker until it is stopped. Any setting can be given as --Section:Name=value.")
        {
            BatchCommand.Make(settings),
            CheckCommand.Make(settings),
            DeadCommand.Make(settings),
            HealthCommand.Make(settings),
            SchemasCommand.Make(),
            SendCommand.Make(settings),
            WatchCommand.Make(settings),
            // Taken from the arguments before the verbs are: here it is for the help.
            new Option<string>(SettingsFiles.Word) { Recursive = true, HelpName = "FILE", Description = $"A JSON file of settings. Without it: the one that {SettingsFiles.Variable} names." },
        };
        root.SetAction((_, cancellation) => RunWorker(settings, cancellation));
        var parsed = root.Parse(words);
        if (parsed.Errors.Count > 0)
            return Wrong(parsed.Errors.Select(error => error.Message).Append("See --help."));
        return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    static int Wrong(IEnumerable<string> problems)
    {
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        return ExitCodes.Usage;
    }

    static async Task<int> RunWorker(IReadOnlyList<string> settings, CancellationToken cancellation)
    {
        var builder = WorkerHost.Worker(settings);
        if (builder.Configuration.Read<BrokerOptions>().IsEmbedded)
            throw new SettingsException(["Broker:Uri is missing. Set it to amqp://user:password@host:5672, so that jobs can reach the worker; or run jobs from a file, which needs no broker: worker batch jobs.jsonl"]);
        using var host = builder.Build();
        await host.RunAsync(cancellation);
        return ExitCodes.Success;
    }

    static IEnumerable<string>? Problems(Exception wrong) => wrong switch
    {
        SettingsException settings => settings.Problems,
        OptionsValidationException options => options.Failures,
        AggregateException several when several.InnerExceptions.All(inner => Problems(inner) is not null) => several.InnerExceptions.SelectMany(inner => Problems(inner)!),
        _ => null,
    };
}
