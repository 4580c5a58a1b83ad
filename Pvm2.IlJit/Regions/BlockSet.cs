using System.Numerics;

namespace Pvm2.IlJit.Regions;

/// <summary>A set of numbers from 0 on, of blocks or of tables.</summary>
/// <param name="count">The numbers below it can be in the set.</param>
internal sealed class BlockSet(int count)
{
    private readonly ulong[] _bits = new ulong[(count + 63) >> 6];

    /// <summary>Puts a number into the set.</summary>
    /// <returns>Whether it was not in it before.</returns>
    internal bool Add(int number)
    {
        ref var word = ref _bits[number >> 6];
        var bit = 1UL << number;
        var isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }

    /// <summary>Whether a number is in the set; −1 never is.</summary>
    internal bool Contains(int number) => number >= 0 && (_bits[number >> 6] & (1UL << number)) != 0;

    /// <summary>The numbers in the set, ascending.</summary>
    internal int[] ToArray()
    {
        var numbers = new int[_bits.Sum(BitOperations.PopCount)];
        var next = 0;
        for (var i = 0; i < _bits.Length; i++)
        {
            for (var bits = _bits[i]; bits != 0; bits &= bits - 1)
            {
                numbers[next++] = (i << 6) + BitOperations.TrailingZeroCount(bits);
            }
        }

        return numbers;
    }
}
