using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Window;

/// <summary>The frame around every page.</summary>
/// <param name="Visitor">Who looks.</param>
/// <param name="Place">The page, one of <see cref="Places"/>.</param>
/// <param name="Now">When the page was made.</param>
sealed record Frame(Visitor Visitor, Place Place, DateTimeOffset Now)
{
    /// <summary>The source of its live parts; null: it has none.</summary>
    public string? Live { get; init; }

    /// <summary>The number of live workers; null: it is not known.</summary>
    public int? Workers { get; init; }

    /// <summary>The number of open failures; null: it is not known.</summary>
    public long? Failures { get; init; }

    /// <summary>The result of the action that led to this page.</summary>
    public string? Done { get; init; }

    public bool MayOperate => Visitor.May(WebRoles.Operate);

    /// <summary>Whether the visitor sees things that belong to no tenant.</summary>
    public bool SeesAll => Visitor.Tenant is null;
}

/// <summary>A page of the menu.</summary>
/// <param name="Name">Its name in the menu.</param>
/// <param name="Address">Where it is.</param>
sealed record Place(string Name, string Address)
{
    /// <summary>Whether a visitor who sees only one tenant's jobs sees this page.</summary>
    public bool IsForTenants { get; init; }
}

/// <summary>The menu.</summary>
static class Places
{
    public static readonly Place Overview = new("Overview", "/") { IsForTenants = true };
    public static readonly Place Jobs = new("Jobs", "/window/jobs") { IsForTenants = true };

    public static readonly Place Failures = new("Failures", "/window/failures") { IsForTenants = true };
    public static readonly Place Limits = new("Limits", "/window/limits");
    public static readonly Place Credentials = new("Credentials", "/window/credentials");
    public static readonly Place Groups = new("Groups", "/window/groups") { IsForTenants = true };
    public static readonly Place Assistants = new("Assistants", "/window/assistants");
    public static readonly Place Spend = new("Spend", "/window/spend") { IsForTenants = true };

    public static readonly IReadOnlyList<Place> All =
        [Overview, Jobs, Failures, Limits, Credentials, Groups, Assistants, Spend];

    public static IEnumerable<Place> For(Visitor visitor) =>
        All.Where(place => place.IsForTenants || visitor.Tenant is null);
}
