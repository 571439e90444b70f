using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OpenAIWorker.Settings;

namespace OpenAIWorker.Web.Access;

/// <summary>The current tokens of the settings.</summary>
sealed class TokenBook(IOptionsMonitor<WebOptions> options)
{
    /// <summary>Whether there are no tokens, so that anyone on this machine may do everything.</summary>
    public bool IsOpen => options.CurrentValue.Tokens.Count == 0;

    /// <summary>Null: the token is unknown.</summary>
    public Visitor? Find(string token)
    {
        var hash = TokenHash.Of(token);
        Visitor? found = null;
        // Compares all of them, so that the duration reveals nothing.
        foreach (var (name, known) in options.CurrentValue.Tokens)
        {
            if (TokenHash.Read(known.Hash) is { } right && CryptographicOperations.FixedTimeEquals(right, hash))
                found = Of(name, known);
        }
        return found;
    }

    /// <summary>The rights of a token's name; null: there is no such token any more.</summary>
    public (Visitor Visitor, byte[] Hash)? Named(string name) =>
        options.CurrentValue.Tokens.TryGetValue(name, out var known) && TokenHash.Read(known.Hash) is { } hash
            ? (Of(name, known), hash)
            : null;

    static Visitor Of(string name, WebTokenOptions token) =>
        new(name, [.. NameList.Of(token.Roles)], token.Tenant is { Length: > 0 } tenant ? tenant : null);
}
