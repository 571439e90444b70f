using System.Text.Json;
using OpenAIWorker.Emulator.Answers;
using OpenAIWorker.Emulator.Schema;

namespace OpenAIWorker.Emulator.Endpoints;

/// <summary>One route of the API. A <c>*</c> in the path stands for an id.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">Below <c>/v1</c>.</param>
/// <param name="Request">The body; null where there is none.</param>
/// <param name="Answer">What is answered.</param>
sealed record Endpoint(string Method, string Path, RequestSchema? Request, Func<Call, IServiceProvider, Reply> Answer)
{
    /// <summary>Only work is billed; looking things up is not.</summary>
    public bool IsBilled => Request is not null;

    /// <summary>What the call is charged at admission: the estimate of the input, or the bound of the output, whichever is more.</summary>
    public int Tokens(JsonElement body) => Request is null ? 0 : Math.Max(TokenEstimate.Of(body), TokenEstimate.Bound(body));

    public bool Fits(string path)
    {
        var (mine, theirs) = (Path.Split('/'), path.Split('/'));
        return mine.Length == theirs.Length && mine.Zip(theirs).All(pair => pair.First == "*" || pair.First == pair.Second);
    }
}
