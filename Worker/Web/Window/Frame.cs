using OpenAIWorker.Web.Access;

namespace OpenAIWorker.Web.Window;

/// <summary>What every page shows around itself.</summary>
/// <param name="Visitor">Who looks.</param>
/// <param name="Place">Which page it is, one of <see cref="Places"/>.</param>
/// <param name="Now">When it was made.</param>
sealed record Frame(Visitor Visitor, Place Place, DateTimeOffset Now)
{
    /// <summary>Where its live parts come from; null: it has none.</summary>
    public string? Live { get; init; }

    /// <summary>Workers that live; null: it is not known.</summary>
    public int? Workers { get; init; }

    /// <summary>Failures that were not dealt with; null: it is not known.</summary>
    public long? Failures { get; init; }

    /// <summary>What a deed came to that led here.</summary>
    public string? Done { get; init; }

    public bool MayOperate => Visitor.May(WebRoles.Operate);

    /// <summary>Whether he sees what belongs to no tenant.</summary>
    public bool SeesAll => Visitor.Tenant is null;
}

/// <summary>A page of the menu.</summary>
/// <param name="Name">As the menu says it.</param>
/// <param name="Address">Where it is.</param>
sealed record Place(string Name, string Address)
{
    /// <summary>Whether a visitor who sees but one tenant's jobs sees it.</summary>
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
