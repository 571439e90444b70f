using OpenAIWorker.Emulator.Billing;
using OpenAIWorker.Emulator.Endpoints;
using OpenAIWorker.Emulator.Faults;
using OpenAIWorker.Emulator.Limits;

namespace OpenAIWorker.Emulator;

/// <summary>The way of every call: key, route, body, fault, limit, answer. Whatever refuses it, it is written down.</summary>
sealed class Front(Ledger ledger, FaultRules faults, RateLimits limits, EmulatorOptions options, TimeProvider clock, IServiceProvider services)
{
    public async Task Answer(HttpContext http)
    {
        var call = new Call(http, clock.GetUtcNow());
        try
        {
            var reply = await Reply(call);
            await Write(call, reply);
        }
        catch (ApiException refusal)
        {
            await Write(call, refusal.ToReply());
        }
        catch (HtmlException)
        {
            await Write(call, HtmlException.Reply);
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the connection was cut: there is nobody to answer.
        }
        finally
        {
            ledger.Add(call);
        }
    }

    async Task<Reply> Reply(Call call)
    {
        Keys.Check(call.Http.Request.Headers.Authorization);
        var endpoint = Routes.Find(call);
        call.Body = await Bodies.Read(call.Http.Request);
        endpoint.Request?.Check(call.Body);
        var fault = faults.For(call);
        fault.Refuse(call);
        call.Budget = limits.Take(call, endpoint.Tokens(call.Body));
        call.IsBilled = endpoint.IsBilled;
        await fault.Delay(options.Latency, clock, call.Http.RequestAborted);
        var reply = endpoint.Answer(call, services);
        return fault.Spoil(reply);
    }

    async Task Write(Call call, Reply reply)
    {
        call.Budget ??= limits.Look(call);
        var response = call.Http.Response;
        call.Status = response.StatusCode = reply.Status;
        Headers.Write(response.Headers, call, reply);
        if (reply.IsCut)
            await Faults.Cut.Halfway(call.Http, reply);
        else
            await response.Body.WriteAsync(reply.Body);
    }
}
