using Microsoft.AspNetCore.Http;
using OpenAIWorker.Delivery.Broker;
using OpenAIWorker.Jobs;
using OpenAIWorker.Settings;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Counts;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Window.Live;
using OpenAIWorker.Web.Window.Overview;
using OpenAIWorker.Web.Window.Parts;

namespace OpenAIWorker.Web.Window;

/// <summary>Makes pages with their frame, and a page that explains what to do if something is unavailable.</summary>
sealed class PageDesk(LiveWorkers workers, RecordCounts counts, TickCache cache, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Answers with a page.</summary>
    public async Task Show(HttpContext context, Place place, Func<Frame, Task<IResult>> page) =>
        await (await Make(context, place, page)).ExecuteAsync(context);

    /// <summary>A handler that answers with a page.</summary>
    public RequestDelegate At(Place place, Func<Frame, HttpContext, Task<IResult>> page)
    {
        return Answer;

        Task Answer(HttpContext context) => Show(context, place, frame => page(frame, context));
    }

    async Task<IResult> Make(HttpContext context, Place place, Func<Frame, Task<IResult>> page)
    {
        var bare = Bare(context, place);
        try
        {
            return bare.SeesAll || place.IsForTenants
                ? await page(await Frame(bare))
                : Page.Of(MissingPage.Of(bare, place.Name,
                    "A token of one tenant cannot see this page, because it is about all tenants' workers."),
                    StatusCodes.Status403Forbidden);
        }
        catch (Exception broken) when (Explain(broken) is { } why)
        {
            return Page.Of(BrokenPage.Of(bare, why), StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>A frame without the values that must be read.</summary>
    public Frame Bare(HttpContext context, Place place) =>
        new(Visitor.Of(context), place, Now) { Done = Deeds.Of(context.Request) };

    /// <summary>A page for something that does not exist.</summary>
    public static IResult NotFound(Frame frame, string title, string why) =>
        Page.Of(MissingPage.Of(frame, title, why), StatusCodes.Status404NotFound);

    /// <summary>What is unavailable, in a sentence; null if nothing is.</summary>
    public static string? Explain(Exception broken) => broken switch
    {
        FailureException { Failure: var failure } when StoreFailures.IsOne(failure) => StoreFailures.Bare(failure),
        BrokerUnavailableException away => away.Message,
        SettingsException settings => string.Join(' ', settings.Problems),
        OperationCanceledException or TimeoutException => "The database did not answer in time.",
        _ when BrokerConnectionFailure.IsOfBroker(broken) => "The connection to the broker broke.",
        _ => null,
    };

    async Task<Frame> Frame(Frame bare)
    {
        var tenant = bare.Visitor.Tenant;
        var failures = await cache.Get($"failures {tenant}",
            async cancellation => new Counted((await counts.Failures(DateTimeOffset.UnixEpoch, tenant, cancellation))
                .Sum(failure => failure.Jobs)), TimeSpan.FromSeconds(10));
        return bare with { Workers = (await workers.Read()).Count, Failures = failures.Number };
    }

    sealed record Counted(long Number);
}
