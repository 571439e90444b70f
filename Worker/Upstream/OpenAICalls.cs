using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAIWorker.Contracts;

namespace OpenAIWorker.Upstream;

/// <summary>What one job asks of the API, on the SDK's protocol methods: the body goes out as it is and comes back as JSON.</summary>
sealed class OpenAICalls(OpenAIEndpoint endpoint, JobRequest request, OpenAIOptions options, TimeProvider clock)
{
    /// <summary>The API that a message goes to when the job does not say.</summary>
    public ModelApi PreferredApi => endpoint.Api;

    /// <summary><c>POST /chat/completions</c></summary>
    public Task<Answer> CompleteChat(BinaryContent body, CancellationToken cancellation) =>
        Exchange.Run(options => endpoint.Chat.CompleteChatAsync(body, options), request, clock, cancellation);

    /// <summary><c>POST /moderations</c></summary>
    public Task<Answer> Classify(BinaryContent body, CancellationToken cancellation) =>
        Exchange.Run(options => endpoint.Moderations.ClassifyTextAsync(body, options), request, clock, cancellation);

    /// <summary><c>POST /responses</c>; a response in the background is asked after until it is done.</summary>
    public async Task<Answer> Respond(BinaryContent body, CancellationToken cancellation)
    {
        var answer = await Exchange.Run(options => endpoint.Responses.CreateResponseAsync(body, options), request, clock, cancellation);
        while (answer.Body.Text("status") is "queued" or "in_progress")
        {
            await Task.Delay(options.PollInterval, clock, cancellation);
            answer = await Poll(answer.Body.Text("id")!, cancellation) ?? answer;
        }
        return answer;
    }

    // The work goes on at the provider. To give up over a question that found no answer would pay for it twice.
    async Task<Answer?> Poll(string id, CancellationToken cancellation)
    {
        try
        {
            return await Exchange.Run(poll => endpoint.Responses.GetResponseAsync(id, null, null, null, null, poll), request, clock, cancellation);
        }
        catch (FailureException passing) when (passing.Failure.Kind != FailureKind.Permanent)
        {
            return null;
        }
    }
}
