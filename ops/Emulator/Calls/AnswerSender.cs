using System.IO.Pipelines;
using OpenAIWorker.Emulator.Faults;

namespace OpenAIWorker.Emulator.Calls;

/// <summary>Sends an answer complete, or broken as a fault demands.</summary>
sealed class AnswerSender(TimeProvider time)
{
    static readonly TimeSpan LongestHang = TimeSpan.FromMinutes(10);

    public async Task Send(ApiCall call, Answer answer, FaultKind? ending)
    {
        switch (ending)
        {
            case FaultKind.Cut:
                call.Http.Abort();
                break;
            case FaultKind.Hang:
                await Task.Delay(LongestHang, time, call.Http.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                call.Http.Abort();
                break;
            case FaultKind.CutAfter:
                await Start(call, answer, answer.Body.Length).WriteAsync(Half(answer.Body));
                call.Http.Abort();
                break;
            case FaultKind.Broken:
                var broken = Broken(answer);
                await Start(call, answer, broken.Length).WriteAsync(broken);
                break;
            default:
                await Start(call, answer, answer.Body.Length).WriteAsync(answer.Body);
                break;
        }
    }

    static ReadOnlyMemory<byte> Half(ReadOnlyMemory<byte> body) => body[..(body.Length / 2)];

    // Half of a sound would still be a valid sound.
    static ReadOnlyMemory<byte> Broken(Answer answer) => answer.IsJson ? Half(answer.Body) : default;

    PipeWriter Start(ApiCall call, Answer answer, int length)
    {
        var response = call.Http.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = length;
        AnswerHeaders.Write(response.Headers, call.Allowance, time.GetElapsedTime(call.StartedAt));
        if (answer.RetryAfter is { } wait)
        {
            AnswerHeaders.WriteRetryAfter(response.Headers, wait);
        }

        return response.BodyWriter;
    }
}
