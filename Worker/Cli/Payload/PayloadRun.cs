using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Payloads;
using OpenAIWorker.Payloads.Streams;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Cli.Payload;

/// <summary>Runs the verbs of <c>payload</c> on the store.</summary>
static class PayloadRun
{
    public static Task<int> Put(IReadOnlyList<string> settings, string file, bool json,
        CancellationToken cancellation) => With(settings, async services =>
    {
        await using var given = file == StandardInput.Name ? StandardInput.Open() : GivenFile.Open(file);
        var (id, name) = (PayloadId.New(), file == StandardInput.Name ? null : Path.GetFileName(file));
        var measured = new MeasuredStream(given);
        await services.GetRequiredService<IPayloadStore>().Put(id, measured, cancellation);
        var stored = new PayloadRef
        {
            Id = id,
            ContentType = ContentTypes.OfName(name),
            FileName = name,
            Length = measured.Count,
            Sha256 = measured.Sha256
        };
        Console.Out.WriteLine(json ? JsonSerializer.Serialize(stored, ContractJson.Default.PayloadRef) : id);
    });

    public static Task<int> Get(IReadOnlyList<string> settings, string id, string? output,
        CancellationToken cancellation) => With(settings, async services =>
    {
        if (!PayloadId.IsOne(id))
            throw new SettingsException([$"'{id}' is not a payload id; allowed: {PayloadId.Allowed}."]);
        if (output is null && !Console.IsOutputRedirected)
            throw new SettingsException(
                ["A terminal cannot show bytes. Name a file with -o FILE, or redirect the output."]);
        var keepFor = services.GetRequiredService<IOptions<PayloadsOptions>>().Value.KeepFor;
        var stored = await services.GetRequiredService<IPayloadStore>().Open(id, cancellation)
            ?? throw PayloadFailures.Gone("ID", id, keepFor);
        await using var content = stored.Content;
        await using var target = output is null
            ? StandardOutput.Open()
            : FileRefusal.Of(output, () => File.Create(output));
        await content.CopyToAsync(target, cancellation);
    });

    static async Task<int> With(IReadOnlyList<string> settings, Func<IServiceProvider, Task> deed)
    {
        await using var services = WorkerHost.Settings(settings).Services.AddPayloads().BuildServiceProvider();
        try
        {
            await deed(services);
            return ExitCodes.Success;
        }
        catch (FailureException wrong)
        {
            Told.Error(wrong.Failure.Message);
            return ExitCodes.Failed;
        }
    }
}
