namespace OpenAIWorker.Storage.Counts;

/// <summary>The columns by which ended jobs are summed.</summary>
/// <param name="Hour">The hour of the endings, in hours since 1970.</param>
/// <param name="Tenant">Their tenant; empty if they have none.</param>
/// <param name="Credential">Their credential.</param>
/// <param name="Operation">Such as <c>message-model</c>.</param>
/// <param name="Model">The model that their requests name; empty if they name none.</param>
readonly record struct SumKey(long Hour, string Tenant, string Credential, string Operation, string Model)
    : IComparable<SumKey>
{
    public int CompareTo(SumKey other) => (Hour.CompareTo(other.Hour), string.CompareOrdinal(Tenant, other.Tenant),
        string.CompareOrdinal(Credential, other.Credential), string.CompareOrdinal(Operation, other.Operation),
        string.CompareOrdinal(Model, other.Model)) switch
    {
        (not 0 and var order, _, _, _, _) => order,
        (_, not 0 and var order, _, _, _) => order,
        (_, _, not 0 and var order, _, _) => order,
        (_, _, _, not 0 and var order, _) => order,
        var (_, _, _, _, order) => order,
    };
}
