using System.Text.Json;
using OpenAIWorker.Cli;
using OpenAIWorker.Contracts;
using OpenAIWorker.Delivery.Clients;
using OpenAIWorker.Delivery.Messages;
using OpenAIWorker.Emulator;
using OpenAIWorker.Emulator.Billing;

namespace OpenAIWorker.Tests.Running;

/// <summary>The real host on the embedded transport, with its own emulator.</summary>
sealed class EmbeddedWorker : IAsyncDisposable
{
    readonly IJobClient client;
    readonly EventLog events = new();

    EmbeddedWorker(OpenAIEmulator emulator, IJobClient client) => (Emulator, this.client) = (emulator, client);

    public OpenAIEmulator Emulator { get; }

    public EventLog Events => events;

    public ReceivedCall OnlyCall => Assert.Single(Emulator.Calls);

    public static Task<EmbeddedWorker> Start(params string[] settings) =>
        Start(new EmulatorOptions { BackgroundTime = TimeSpan.FromMilliseconds(200) }, settings);

    public static async Task<EmbeddedWorker> Start(EmulatorOptions options, params string[] settings)
    {
        var emulator = await OpenAIEmulator.Start(options);
        var worker = new EmbeddedWorker(emulator,
            JobClients.Open([.. TestSettings.For(emulator), .. settings], "test", TimeSpan.FromMinutes(5)));
        try
        {
            await worker.client.Receive(worker.events.Add, TestContext.Current.CancellationToken);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a job and waits for its ending.</summary>
    public async Task<JsonElement> End(JobRequest job)
    {
        var named = job with { JobId = job.JobId ?? Guid.NewGuid().ToString() };
        await client.Send(named, TestContext.Current.CancellationToken);
        return await events.Ending(named.JobId);
    }

    public async Task<ModelMessaged> Answer(MessageModel job) =>
        Typed(await End(job), ContractJson.Default.ModelMessaged);

    public async Task<TextClassified> Answer(ClassifyText job) =>
        Typed(await End(job), ContractJson.Default.TextClassified);

    public async Task<ImageGenerated> Answer(GenerateImage job) =>
        Typed(await End(job), ContractJson.Default.ImageGenerated);

    public async Task<ImageEdited> Answer(EditImage job) => Typed(await End(job), ContractJson.Default.ImageEdited);

    public async Task<SpeechGenerated> Answer(GenerateSpeech job) =>
        Typed(await End(job), ContractJson.Default.SpeechGenerated);

    public async Task<AudioTranscribed> Answer(TranscribeAudio job) =>
        Typed(await End(job), ContractJson.Default.AudioTranscribed);

    public async Task<AudioTranslated> Answer(TranslateAudio job) =>
        Typed(await End(job), ContractJson.Default.AudioTranslated);

    public async Task<FileUploaded> Answer(UploadFile job) => Typed(await End(job), ContractJson.Default.FileUploaded);

    public async Task<ImageAnalyzed> Answer(AnalyzeImage job) =>
        Typed(await End(job), ContractJson.Default.ImageAnalyzed);

    public async Task<EmbeddingsCreated> Answer(CreateEmbeddings job) =>
        Typed(await End(job), ContractJson.Default.EmbeddingsCreated);

    public async Task<FilesListed> Answer(ListFiles job) => Typed(await End(job), ContractJson.Default.FilesListed);

    public async Task<FileDeleted> Answer(DeleteFile job) => Typed(await End(job), ContractJson.Default.FileDeleted);

    public async Task<ConversationCreated> Answer(CreateConversation job) =>
        Typed(await End(job), ContractJson.Default.ConversationCreated);

    public async Task<ConversationRetrieved> Answer(GetConversation job) =>
        Typed(await End(job), ContractJson.Default.ConversationRetrieved);

    public async Task<ConversationUpdated> Answer(UpdateConversation job) =>
        Typed(await End(job), ContractJson.Default.ConversationUpdated);

    public async Task<ConversationDeleted> Answer(DeleteConversation job) =>
        Typed(await End(job), ContractJson.Default.ConversationDeleted);

    public async Task<AssistantCreated> Answer(CreateAssistant job) =>
        Typed(await End(job), ContractJson.Default.AssistantCreated);

    public async Task<AssistantUpdated> Answer(UpdateAssistant job) =>
        Typed(await End(job), ContractJson.Default.AssistantUpdated);

    public async Task<AssistantsListed> Answer(ListAssistants job) =>
        Typed(await End(job), ContractJson.Default.AssistantsListed);

    public async Task<AssistantMessaged> Answer(MessageAssistant job) =>
        Typed(await End(job), ContractJson.Default.AssistantMessaged);

    public async Task<AssistantDeleted> Answer(DeleteAssistant job) =>
        Typed(await End(job), ContractJson.Default.AssistantDeleted);

    public async Task<ApiCalled> Answer(CallApi job) => Typed(await End(job), ContractJson.Default.ApiCalled);

    public async Task<OperationFailed> Failure(JobRequest job) =>
        Typed(await End(job), ContractJson.Default.OperationFailed);

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        events.Close();
        await Emulator.DisposeAsync();
    }

    static T Typed<T>(JsonElement ending, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : IJobEnding
    {
        var expected = typeof(T) == typeof(OperationFailed) ? Endings.Failed : Endings.Completed;
        Assert.True(ending.GetProperty("ending").GetString() == expected, $"Expected {expected}, got {ending}");
        return ending.Deserialize(type)!;
    }
}
