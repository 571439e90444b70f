using System.Security.Cryptography;
using System.Text;

namespace OpenAIWorker.Emulator.Replies;

/// <summary>
/// A vector of length 1 for any input. The same input always gets the same vector, other inputs get others.
/// </summary>
static class Vectors
{
    public const int UsualDimensions = 1_536;

    public static float[] Of(string input, int dimensions)
    {
        var chance = new Random(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(input))));
        var numbers = Enumerable.Range(0, dimensions).Select(_ => chance.NextSingle() - 0.5f).ToArray();
        var length = MathF.Sqrt(numbers.Sum(number => number * number));
        return Array.ConvertAll(numbers, number => number / length);
    }
}
