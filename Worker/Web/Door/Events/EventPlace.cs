using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Door.Events;

/// <summary>
/// How far a listener has heard. Endings do not come in the order of their times, so it is a time, before which all was
/// told, and the marks of what was told since. It travels as the id of each event, and holds at every worker.
/// </summary>
sealed class EventPlace
{
    // An id stays below a kilobyte.
    const int MostMarks = 128;

    const int TimeLength = sizeof(long), MarkLength = sizeof(uint);

    // Of one that has come with its listener the time is not known, until it is seen again.
    const long Unknown = long.MaxValue;

    readonly Dictionary<uint, long> told = [];
    readonly PriorityQueue<uint, long> byAge = new();
    long latest;

    EventPlace(long floor) => (Floor, latest) = (floor, floor);

    /// <summary>Before this time all was told, in milliseconds.</summary>
    long Floor { get; set; }

    /// <summary>What has to be looked at again.</summary>
    public DateTimeOffset Since => DateTimeOffset.FromUnixTimeMilliseconds(Floor);

    public static EventPlace From(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    /// <summary>Null: it is none.</summary>
    public static EventPlace? Read(string id)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(id.Length)];
        if (!Base64Url.IsValid(id) || Base64Url.DecodeFromChars(id, bytes) is var length
            && (length < TimeLength || (length - TimeLength) % MarkLength != 0
                || length > TimeLength + MostMarks * MarkLength))
            return null;
        var floor = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (floor < 0 || floor > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return null;
        var place = new EventPlace(floor);
        for (var at = TimeLength; at + MarkLength <= bytes.Length; at += MarkLength)
            place.told[BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at))] = Unknown;
        return place;
    }

    /// <summary>Whether an ending was told.</summary>
    public bool Has(JobRecord ended) =>
        MarkOf(ended) is var (at, hash) && (at < Floor || told.ContainsKey(hash));

    /// <summary>An ending is told, or was.</summary>
    public void Add(JobRecord ended)
    {
        var (at, hash) = MarkOf(ended);
        if (at < Floor)
            return;
        told[hash] = at;
        byAge.Enqueue(hash, at);
        latest = Math.Max(latest, at);
        Floor = Math.Max(Floor, latest - (long)EndingWindow.Latest.TotalMilliseconds);
        while (byAge.TryPeek(out var oldest, out var since) && since < Floor)
        {
            byAge.Dequeue();
            if (told.GetValueOrDefault(oldest) == since)
                told.Remove(oldest);
        }
    }

    /// <summary>All that is in the database was seen again.</summary>
    public void Settle()
    {
        foreach (var gone in told.Where(mark => mark.Value == Unknown).Select(mark => mark.Key).ToList())
            told.Remove(gone);
    }

    /// <summary>As it travels.</summary>
    public string Id
    {
        get
        {
            var marks = told.OrderByDescending(mark => mark.Value).ToList();
            var floor = Floor;
            if (marks.Count > MostMarks)
            {
                floor = marks[MostMarks].Value + 1;
                marks = [.. marks.Take(MostMarks).Where(mark => mark.Value >= floor)];
            }
            var bytes = new byte[TimeLength + marks.Count * MarkLength];
            BinaryPrimitives.WriteInt64BigEndian(bytes, floor);
            foreach (var (i, mark) in marks.Index())
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(TimeLength + i * MarkLength), mark.Key);
            return Base64Url.EncodeToString(bytes);
        }
    }

    // A job that was replayed ends a second time, at another time.
    static (long At, uint Hash) MarkOf(JobRecord ended)
    {
        var at = ended.EndedAt!.Value.ToUnixTimeMilliseconds();
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{at}\n{ended.Key.Tenant}\n{ended.Key.Id}"));
        return (at, BinaryPrimitives.ReadUInt32BigEndian(hash));
    }
}
