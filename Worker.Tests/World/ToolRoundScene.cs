using OpenAIWorker.Contracts;
using OpenAIWorker.Tests.Operations;
using OpenAIWorker.Tests.Running;

namespace OpenAIWorker.Tests.World;

/// <summary>One worker with a function, and a socket that answers as a test demands.</summary>
public abstract class ToolRoundScene : IAsyncLifetime
{
    private protected const string Done =
        """{"type":"message","content":[{"type":"output_text","text":"done","annotations":"""
            + """[{"type":"url_citation","url":"b"}]}]}""";

    private protected readonly ProviderSocket provider = new();
    private protected EmbeddedWorker worker = null!;

    private protected static readonly MessageModel Responses = Messages.Smallest with
    {
        Tools = [new() { Function = new() { Name = "f" } }]
    };

    public async ValueTask InitializeAsync() => worker = await EmbeddedWorker.Start(
        $"--OpenAI:Credentials:default:BaseUrl={provider.BaseUrl}", "--Tools:AllowCommands=true",
        "--Tools:Functions:f:Command=sh", "--Tools:Functions:f:Arguments=-c \"echo fair\"");

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await worker.DisposeAsync();
        await provider.DisposeAsync();
    }

    // Answers one after the other; files separately.
    private protected void Answers(string job, params string[] answers)
    {
        var next = 0;
        provider.Answer(job, call => IsPost(call)
            ? ProviderSocket.Http(200, "application/json", answers[Math.Min(next++, answers.Length - 1)])
            : ProviderSocket.Http(200, "text/csv", "a,b"));
    }

    private protected static bool IsPost(Heard call) => call.Line.StartsWith("POST", StringComparison.Ordinal);
}
