using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenAIWorker.Contracts;
using OpenAIWorker.Jobs;
using OpenAIWorker.Json;
using OpenAIWorker.Operations;
using OpenAIWorker.Storage;
using OpenAIWorker.Storage.Records;
using OpenAIWorker.Storage.Shown;
using OpenAIWorker.Telemetry;
using OpenAIWorker.Web.Access;
using OpenAIWorker.Web.Door;
using OpenAIWorker.Web.Window.Failures;
using OpenAIWorker.Web.Window.Parts;

namespace OpenAIWorker.Web.Window.Jobs;

/// <summary>The actions on one job: cancel, send again, edit and send again, copy.</summary>
sealed class JobDeedRoutes(PageDesk desk, RecordSearch search, ContentCipher cipher, FailureWork failures,
    JobEntry entry, JobGivingUp cancels) : IWebRoutes
{
    static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(JobAddress.Json, WriteJson).RequireAuthorization(WebRoles.Read);
        routes.MapGet(JobAddress.Cancel, context => Show(context, AskCancel)).RequireAuthorization(WebRoles.Operate);
        routes.MapPost(JobAddress.Cancel, context => Post(context, "id", Cancel))
            .RequireAuthorization(WebRoles.Operate);
        routes.MapPost(JobAddress.Again, context => Post(context, "id", Again)).RequireAuthorization(WebRoles.Operate);
        routes.MapGet(JobAddress.Edit, context => Show(context, Edit)).RequireAuthorization(WebRoles.Operate);
        routes.MapPost(JobAddress.Edit, context => Post(context, "from", Send)).RequireAuthorization(WebRoles.Operate);
    }

    Task Show(HttpContext context, Func<Frame, WholeRecord, HttpContext, Task<IResult>> page) =>
        desk.Show(context, Places.Jobs, async frame =>
            await JobPages.Find(search, context, context.RequestAborted) is { } job
                ? await page(frame, job, context)
                : None(frame));

    Task Post(HttpContext context, string name, Func<Frame, WholeRecord, IFormCollection, Task<IResult>> deed) =>
        desk.Show(context, Places.Jobs, async frame =>
        {
            var form = await Deeds.Form(context);
            return (await search.Find(form.Text(name) ?? "", form["tenant"].ToString(), context.RequestAborted))
                .FirstOrDefault() is { } job
                    ? await deed(frame, job, form)
                    : None(frame);
        });

    async Task WriteJson(HttpContext context)
    {
        if (await JobPages.Find(search, context, context.RequestAborted) is not { } job)
            throw new WebProblem(StatusCodes.Status404NotFound, FailureCodes.NotFound, "There is no such job.")
                .Thrown();
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(
            PlainText.Json(JobJson.Told(JobJson.Of(job, cipher)).ToJsonString(Readable)), context.RequestAborted);
    }

    static Task<IResult> AskCancel(Frame frame, WholeRecord job, HttpContext context) => Task.FromResult(Page.Of(
        Confirm.Of(frame, new($"Cancel {job.Record.Key.Id}?", "Cancel the job", JobAddress.Cancel,
            JobAddress.Of(job.Record.Key))
        {
            Says =
            [
                job.Record.State == JobStates.Running
                    ? "Its call is aborted, and may still be billed. It ends as failed with the code "
                        + "cancelled."
                    : "It waits, and ends as failed with the code cancelled, without a call.",
            ],
            Fields = [("id", job.Record.Key.Id), ("tenant", job.Record.Key.Tenant)],
            IsDangerous = true,
        })));

    async Task<IResult> Cancel(Frame frame, WholeRecord job, IFormCollection form)
    {
        var key = job.Record.Key;
        await cancels.Send(new CancelJob { JobId = key.Id, Tenant = key.Tenant.Length > 0 ? key.Tenant : null });
        return Deeds.Then(JobAddress.Of(key), "cancelled");
    }

    async Task<IResult> Again(Frame frame, WholeRecord job, IFormCollection form)
    {
        if (job.Record.State == JobStates.Failed && await failures.Again(job, CancellationToken.None) is { } why)
            return Page.Of(MissingPage.Of(frame, "It was not sent again", why), StatusCodes.Status409Conflict);
        return Deeds.Then(JobAddress.Of(job.Record.Key), "again");
    }

    async Task<IResult> Edit(Frame frame, WholeRecord job, HttpContext context)
    {
        var kept = JobContent.Of(job.Record.Key, JobContent.Request, job.Request, cipher)
            ?? (await failures.Message(job.Record, context.RequestAborted) is { } message
                ? JobContent.Of(job.Record.Key, JobContent.Request, new SealedContent(message, null), cipher)
                : null);
        if (kept is null)
            return Page.Of(MissingPage.Of(frame, "Its request is not kept",
                "Workers keep requests if Records:Keep is Everything, and its message is no longer in the dead-letter "
                    + "queue. Send the job again from its source."), StatusCodes.Status409Conflict);
        return Page.Of(EditPage.Of(frame, job.Record, NewId(job.Record.Key.Id), Text(kept), null));
    }

    async Task<IResult> Send(Frame frame, WholeRecord job, IFormCollection form)
    {
        var (id, text) = (form.Text("id") ?? "", form["request"].ToString());
        try
        {
            var operation = JobReading.OperationOf(job.Record.Operation);
            var key = await entry.SendAgain(entry.Read(operation, Read(text, id), null, frame.Visitor),
                CancellationToken.None);
            return Deeds.Then(JobAddress.Of(key), "sent");
        }
        catch (Exception wrong) when (Why(wrong) is { } why)
        {
            return Page.Of(EditPage.Of(frame, job.Record, id, text, why), StatusCodes.Status400BadRequest);
        }
    }

    static string? Why(Exception wrong) => wrong switch
    {
        WebProblemException { Problem: var problem } => problem.Detail,
        FailureException { Failure: var failure } when !StoreFailures.IsOne(failure) => failure.Message,
        JsonException json => $"The request is not JSON: {json.Message}",
        _ => null,
    };

    // The form's new id replaces the id in the text.
    static JsonElement Read(string text, string id)
    {
        if (JsonNode.Parse(text) is not JsonObject request)
            throw new JsonException("It must be an object, such as {\"model\": \"…\"}.");
        request["jobId"] = id;
        return JsonSerializer.SerializeToElement(request);
    }

    static string NewId(string id) => Excerpt.Of(id, 250) + "-2";

    static string Text(JobContent content)
    {
        if (content.Root is not { } root)
            return content.Text;
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = Readable.Encoder }))
            root.WriteTo(json);
        return PlainText.Json(Encoding.UTF8.GetString(stream.ToArray()));
    }

    static IResult None(Frame frame) => PageDesk.NotFound(frame, "No such job", "There is no record of this job.");
}
