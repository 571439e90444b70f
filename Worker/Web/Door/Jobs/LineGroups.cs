using OpenAIWorker.Jobs.Lines;

namespace OpenAIWorker.Web.Door.Jobs;

/// <summary>Groups the lines that have already arrived, up to a limit.</summary>
static class LineGroups
{
    const int Most = 100;
    const int MostBytes = 4 * 1024 * 1024;

    public static async IAsyncEnumerable<IReadOnlyList<RawLine>> Of(IAsyncEnumerable<RawLine> lines)
    {
        await using var reader = lines.GetAsyncEnumerator();
        var (group, bytes) = (new List<RawLine>(), 0);
        while (true)
        {
            var next = reader.MoveNextAsync();
            if (group.Count > 0 && (!next.IsCompleted || group.Count == Most || bytes > MostBytes))
            {
                yield return group;
                (group, bytes) = ([], 0);
            }
            if (!await next)
                break;
            group.Add(reader.Current);
            bytes += reader.Current.Bytes.Length;
        }
        if (group.Count > 0)
            yield return group;
    }
}
