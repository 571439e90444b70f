using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Emulator.Endpoints;
using OpenAIWorker.Emulator.Faults;
using OpenAIWorker.Emulator.Limits;
using OpenAIWorker.Emulator.Shapes;

namespace OpenAIWorker.Emulator.Calls;

/// <summary>The steps of every call: read, check, admit, plan the faults, process, bill, wait, send.</summary>
sealed class CallPipeline(EmulatorOptions options, RateLimits limits, FaultRules faults, Ledger ledger, CallLog log)
{
    readonly AnswerSender sender = new(options.Time);

    public async Task Run(HttpContext http, ApiEndpoint endpoint)
    {
        using var call = new ApiCall(http, endpoint, options.Time.GetUtcNow(), options.Time.GetTimestamp());
        var refusal = await Read(call);
        ledger.Receive();
        var received = log.Add(call);

        var (answer, plan) = Decide(call, refusal);
        OpenAIEmulator.Witness?.Invoke(new(received ?? new(call), refusal is not null, answer.Status,
            plan.PreventsWork || !answer.IsJson ? null : JsonElement.Parse(answer.Body.Span)));
        if (answer is { IsSuccess: true } && endpoint.IsWork)
        {
            Charge(call, received);
        }

        await Wait(plan.Delay, http.RequestAborted);
        Settle(http.RequestAborted.IsCancellationRequested || plan.Ending?.Kind is FaultKind.Hang ? 0 : answer.Status,
            received);
        await sender.Send(call, answer, plan.Ending?.Kind);
    }

    async ValueTask<ApiError?> Read(ApiCall call)
    {
        if (Authorization.Check(call) is { } stranger)
        {
            return stranger;
        }

        var (shape, unreadable) = call.Endpoint switch
        {
            { Request: not null, Form: { } either }
                when !call.Http.Request.HasJsonContentType() => (either, await FormBody.Read(call)),
            { Request: { } body } => (body, await RequestBody.Read(call, options.MaxBodyBytes)),
            { Form: { } form } => (form, await FormBody.Read(call)),
            { Query: { } query } => (query, QueryFields.Read(call)),
            _ => default((Shape? Shape, ApiError? Unreadable)),
        };
        if (unreadable is not null)
        {
            return unreadable;
        }

        call.Model = call.Body.Text("model") ?? call.Endpoint.DefaultModel;
        return shape?.Check(call.Body)?.ToError();
    }

    (Answer Answer, FaultPlan Plan) Decide(ApiCall call, ApiError? refusal)
    {
        if (Admit(call, refusal) is { } error)
        {
            return (Answer.Refusing(error), FaultPlan.None);
        }

        try
        {
            var plan = faults.PlanFor(call);
            call.Delay = plan.Delay;
            return (plan.PreventsWork ? FaultAnswers.InsteadOfWork(plan, call.Model) : call.Endpoint.Answer(call),
                plan);
        }
        catch (FaultSyntaxException problem)
        {
            return (Answer.Refusing(new ApiError(400, problem.Message) { Code = "emulator_fault" }), FaultPlan.None);
        }
    }

    ApiError? Admit(ApiCall call, ApiError? refusal)
    {
        if (refusal is not null || call.Endpoint.Prompt is not { } read)
        {
            call.Allowance = limits.Look(call.Key, call.PlainModel);
            return refusal;
        }

        call.Prompt = read(call.Body).CountedBy(limits.CountOf(call.PlainModel));
        var admission = limits.Admit(call.Key, call.PlainModel, call.Prompt.Charge);
        call.Allowance = admission.Allowance;
        return admission.Denial is { } denial ? LimitErrors.Of(denial, call.PlainModel, call.Allowance.Tells) : null;
    }

    void Charge(ApiCall call, ReceivedCall? received)
    {
        ledger.Charge(call.Job, call.Model);
        received?.Charge = call.Prompt.Charge;
        received?.IsBilled = true;
    }

    /// <summary>
    /// Before the answer is sent: a client that has the answer already finds the call in the log and the bill.
    /// </summary>
    void Settle(int status, ReceivedCall? received)
    {
        ledger.Answer(status);
        received?.AnsweredAt = options.Time.GetUtcNow();
        received?.Status = status;
    }

    async ValueTask Wait(TimeSpan delay, CancellationToken left)
    {
        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, options.Time, left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
