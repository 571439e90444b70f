using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAIWorker.Web.Window;

namespace OpenAIWorker.Web.Access;

/// <summary>
/// Authenticates a visitor by <c>Authorization: Bearer TOKEN</c>, or by the cookie of a signed-in browser.
/// </summary>
sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs,
    UrlEncoder encoder, TokenBook tokens, SignedIn sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "token";

    const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var visitor = tokens.IsOpen ? Visitor.Anyone : Known();
        return Task.FromResult(visitor is null
            ? AuthenticateResult.NoResult()
            : AuthenticateResult.Success(new(visitor.Principal(Scheme.Name), Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (PageRequest.IsOne(Request))
        {
            // After a form there is nothing to return to.
            var to = HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method)
                ? Request.Path + Request.QueryString
                : Places.Overview.Address;
            Response.Redirect($"{SignInRoutes.Path}?to={Uri.EscapeDataString(to)}");
            return Task.CompletedTask;
        }
        Response.Headers.WWWAuthenticate = "Bearer";
        return new WebProblem(StatusCodes.Status401Unauthorized, "unauthorized",
            "The token is missing or unknown. Send it as 'Authorization: Bearer TOKEN'; the tokens "
                + "are in the settings (Web:Tokens).").Write(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var visitor = Visitor.Of(Context);
        var why = $"The token '{visitor.Name}' does not allow this: its roles are "
            + $"{string.Join(", ", visitor.Roles)} (Web:Tokens:NAME:Roles).";
        return PageRequest.IsOne(Request)
            ? Page.Of<ForbiddenPage>(StatusCodes.Status403Forbidden, (nameof(ForbiddenPage.Why), why))
                .ExecuteAsync(Context)
            : new WebProblem(StatusCodes.Status403Forbidden, "forbidden", why).Write(Context);
    }

    Visitor? Known() => Request.Headers.Authorization.ToString() is { Length: > 0 } given
        ? given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? tokens.Find(given[Bearer.Length..].Trim())
            : null
        : Request.Cookies[SignedIn.Cookie] is { } cookie ? sessions.Read(cookie) : null;
}
