using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OpenAIWorker.Web.Access;

/// <summary>
/// Knows a visitor by <c>Authorization: Bearer TOKEN</c>, or by the cookie of a browser that is signed in.
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
        if (IsPage)
        {
            Response.Redirect($"{SignInRoutes.Path}?to={Uri.EscapeDataString(Request.Path + Request.QueryString)}");
            return Task.CompletedTask;
        }
        Response.Headers.WWWAuthenticate = "Bearer";
        return new WebProblem(StatusCodes.Status401Unauthorized, "unauthorized",
            "There is no token, or one that is not known here. Send it as 'Authorization: Bearer TOKEN'; the tokens "
                + "are in the settings (Web:Tokens).").Write(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        new WebProblem(StatusCodes.Status403Forbidden, "forbidden",
            $"The token '{Visitor.Of(Context).Name}' does not allow this: its roles are "
                + $"{string.Join(", ", Visitor.Of(Context).Roles)} (Web:Tokens:NAME:Roles).").Write(Context);

    // A person who follows a link.
    bool IsPage => HttpMethods.IsGet(Request.Method)
        && Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    Visitor? Known() => Request.Headers.Authorization.ToString() is { Length: > 0 } given
        ? given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? tokens.Find(given[Bearer.Length..].Trim())
            : null
        : Request.Cookies[SignedIn.Cookie] is { } cookie ? sessions.Read(cookie) : null;
}
