using OpenAIWorker.Contracts;

namespace OpenAIWorker.Limits;

/// <summary>What a request will be charged when it is let in: its input, as far as it can be told ahead, and all the output that it allows.</summary>
static class TokenEstimate
{
    // An image of usual size in high detail, and one in low detail, as OpenAI's guide to images and vision counts them.
    const int Image = 765;
    const int SmallImage = 85;

    // A message's own frame.
    const int Message = 4;

    public static double Of(JobRequest request) => request switch
    {
        MessageModel message => Input(message) + (message.MaxTokens ?? 0) * (double)(message.Completions ?? 1),
        ClassifyText classify => Tokens.In(classify.Text) + (classify.Texts ?? []).Sum(Tokens.In),
        _ => 0,
    };

    static double Input(MessageModel request) =>
        Tokens.In(request.Instructions) + (request.Messages ?? []).Sum(message => Message + Tokens.In(message.Text) + (message.Images ?? []).Sum(ImageTokens));

    static double ImageTokens(ImageInput image) => image.Detail == "low" ? SmallImage : Image;
}
