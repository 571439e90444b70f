using System.Text;

namespace OpenAIWorker.Emulator.Faults;

/// <summary>The answer that a fault gives instead of the endpoint's.</summary>
static class FaultAnswers
{
    static readonly byte[] BadGateway = Encoding.UTF8.GetBytes(
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad "
            + "Gateway</h1></center>\r\n"
        + "<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n");

    static readonly Answer Nothing = new(0, default);

    public static Answer InsteadOfWork(FaultPlan plan, string model) => plan.Ending switch
    {
        { Kind: FaultKind.Html } => new Answer(502, BadGateway, "text/html") { RetryAfter = plan.RetryAfter },
        { Kind: FaultKind.Status } fault =>
            Answer.Refusing(FaultErrors.Of(fault.Number, fault.Code, model) with { RetryAfter = plan.RetryAfter }),
        _ => Nothing,
    };
}
