using System.Numerics;

namespace OpenAIWorker.Cli.Batch.Input;

/// <summary>
/// A set of hashes: a million of them take 17 MB. It has parts that grow one by one, so that it never exists twice
/// while it grows, and none is large enough for the heap of large objects. Two of a million texts have the same 64 bits
/// once in forty million files.
/// </summary>
sealed class SeenHashes
{
    const int Parts = 256;
    const int FirstRoom = 16;

    readonly Part[] parts = new Part[Parts];

    /// <summary>Adds a hash. False: it was there.</summary>
    public bool Add(UInt128 hash)
    {
        // 0 marks a free place.
        var value = Math.Max(1, (ulong)hash);
        return parts[value >> (64 - BitOperations.Log2(Parts))].Add(value);
    }

    struct Part
    {
        ulong[]? places;
        int count;

        public bool Add(ulong value)
        {
            places ??= new ulong[FirstRoom];
            if (!Put(places, value))
                return false;
            // At most three of four places are taken.
            if (++count > places.Length / 4 * 3)
                Grow();
            return true;
        }

        void Grow()
        {
            var larger = new ulong[places!.Length * 2];
            foreach (var value in places)
                if (value != 0)
                    Put(larger, value);
            places = larger;
        }

        static bool Put(ulong[] places, ulong value)
        {
            var at = (int)value & (places.Length - 1);
            while (places[at] != 0)
            {
                if (places[at] == value)
                    return false;
                at = (at + 1) & (places.Length - 1);
            }
            places[at] = value;
            return true;
        }
    }
}
