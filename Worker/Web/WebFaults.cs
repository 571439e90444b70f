using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Jobs;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage;

namespace OpenAIWorker.Web;

/// <summary>Turns every exception of an answer into a problem (RFC 9457), never into a stack trace.</summary>
static partial class WebFaults
{
    public static readonly WebProblem TooLarge = new(StatusCodes.Status413PayloadTooLarge, "too_large",
        "The request is larger than allowed (Web:MaxJobBytes, Web:MaxFileBytes). Put large content into a payload: "
            + "POST /payloads.");

    public static IApplicationBuilder UseFaults(this IApplicationBuilder app, ILoggerFactory logs)
    {
        var log = new Log(logs.CreateLogger("OpenAIWorker.Web"));
        return app.Use(next => async context =>
        {
            try
            {
                await next(context);
            }
            catch (Exception) when (context.RequestAborted.IsCancellationRequested)
            {
                // The caller disconnected.
            }
            catch (Exception wrong) when (!context.Response.HasStarted)
            {
                var problem = Of(wrong);
                if (problem.Status == StatusCodes.Status500InternalServerError)
                    log.Failed(context.Request.Method, wrong);
                Empty(context.Response);
                await problem.Write(context);
            }
        });
    }

    // Keeps the headers of every answer.
    static void Empty(HttpResponse response)
    {
        response.ContentLength = null;
        response.Headers.Location = response.Headers.ContentDisposition = response.Headers.ETag = default;
    }

    /// <summary>The problem for an exception.</summary>
    public static WebProblem Of(Exception wrong) => wrong switch
    {
        WebProblemException known => known.Problem,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge,
        _ when IsOfPacking(wrong) => new(StatusCodes.Status400BadRequest, "unreadable",
            "The body cannot be unpacked: it is not what its Content-Encoding says, or it was cut off."),
        BadHttpRequestException bad => new(bad.StatusCode, "bad_request", bad.Message),
        FailureException { Failure: var failure } when StoreFailures.IsOne(failure) =>
            new(StatusCodes.Status503ServiceUnavailable, failure.Code, StoreFailures.Bare(failure)),
        FailureException { Failure: var failure } =>
            new(StatusCodes.Status400BadRequest, failure.Code, failure.Message) { Member = failure.Member },
        BrokerUnavailableException away =>
            new(StatusCodes.Status503ServiceUnavailable, "broker_unavailable", away.Message),
        SettingsException settings =>
            new(StatusCodes.Status409Conflict, "not_possible", string.Join(' ', settings.Problems)),
        _ when BrokerConnectionFailure.IsOfBroker(wrong) =>
            new(StatusCodes.Status503ServiceUnavailable, "broker_unavailable",
                "The connection to the broker broke. Try again in a moment."),
        _ => new(StatusCodes.Status500InternalServerError, "worker_error",
            "An error of the worker itself. Its log has the details."),
    };

    // Brotli's stream has no type of its own for bytes that are not Brotli.
    static bool IsOfPacking(Exception wrong) =>
        wrong is InvalidDataException or InvalidOperationException { Source: "System.IO.Compression.Brotli" };

    sealed partial class Log(ILogger logger)
    {
        [LoggerMessage(71, LogLevel.Error, "An error of the worker itself, in an answer to {Method}")]
        public partial void Failed(string method, Exception wrong);
    }
}
