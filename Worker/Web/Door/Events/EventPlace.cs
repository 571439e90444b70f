using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OpenAIWorker.Storage.Records;

namespace OpenAIWorker.Web.Door.Events;

/// <summary>
/// A listener's position. Endings do not arrive in the order of their times, so the position is a time before which all
/// were sent, and the marks of those sent since. It is the id of each event, and is valid at every worker.
/// </summary>
sealed class EventPlace
{
    // Keeps an id below a kilobyte.
    const int MostMarks = 128;

    const int TimeLength = sizeof(long), MarkLength = sizeof(uint);

    // The time of an ending from a listener's id is unknown until it is seen again.
    const long Unknown = long.MaxValue;

    readonly Dictionary<uint, long> told = [];
    readonly PriorityQueue<uint, long> byAge = new();
    long latest;

    EventPlace(long floor) => (Floor, latest) = (floor, floor);

    /// <summary>All endings before this time were sent. In milliseconds.</summary>
    long Floor { get; set; }

    /// <summary>The start of the time that must be queried again.</summary>
    public DateTimeOffset Since => DateTimeOffset.FromUnixTimeMilliseconds(Floor);

    public static EventPlace From(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds());

    /// <summary>Null: the id is not a position.</summary>
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

    /// <summary>Whether an ending was sent.</summary>
    public bool Has(JobRecord ended) =>
        MarkOf(ended) is var (at, hash) && (at < Floor || told.ContainsKey(hash));

    /// <summary>Marks an ending as sent.</summary>
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

    /// <summary>Everything in the database was seen again.</summary>
    public void Settle()
    {
        foreach (var gone in told.Where(mark => mark.Value == Unknown).Select(mark => mark.Key).ToList())
            told.Remove(gone);
    }

    /// <summary>The position as an event's id.</summary>
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
