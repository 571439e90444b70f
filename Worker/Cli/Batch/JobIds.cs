using System.Security.Cryptography;
using System.Text;

namespace OpenAIWorker.Cli.Batch;

/// <summary>A set of job ids, 16 bytes each whatever their length: a million of them take some 40 MB.</summary>
sealed class JobIds
{
    readonly HashSet<UInt128> hashes = [];

    public int Count => hashes.Count;

    public bool Add(string id) => hashes.Add(Hash(id));

    public bool Contains(string id) => hashes.Contains(Hash(id));

    static UInt128 Hash(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
