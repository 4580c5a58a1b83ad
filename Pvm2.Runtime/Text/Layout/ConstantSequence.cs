using System.Numerics;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Text.Layout;

/// <summary>
/// Finds a short sequence of instructions that puts a constant into a register, with no other register's help.
/// </summary>
/// <remarks>
/// The plain sequence builds the constant from its upper bits down, shifting and adding. Where that takes more than
/// two instructions, tricks compete with it, each of which builds a simpler constant first and finishes it in one or
/// two steps; the first of the shortest wins. The order of the tricks is chosen so that the outcome is what LLVM's
/// assembler makes of <c>li</c> for rv64 with Zba, Zbb and Zbs.
/// </remarks>
internal static class ConstantSequence
{
    private const int HalfWidth = 32;

    /// <summary>The sequence for a number.</summary>
    internal static IReadOnlyList<Instruction> For(int rd, long number) => ToInstructions(rd, Shortest(number));

    /// <summary>The sequence <c>lui</c>, <c>addi</c> for an address, or the one of them that suffices.</summary>
    internal static IReadOnlyList<Instruction> ForAddress(int rd, long address)
    {
        var upper = (int)(AddressParts.Upper(address) << 12);
        var lower = (int)AddressParts.Lower(address);
        return (upper, lower) switch
        {
            (0, _) => ToInstructions(rd, [new Step(Opcode.Addi, lower)]),
            (_, 0) => ToInstructions(rd, [new Step(Opcode.Lui, upper)]),
            _ => ToInstructions(rd, [new Step(Opcode.Lui, upper), new Step(Opcode.Addi, lower)]),
        };
    }

    private static List<Step> Shortest(long number)
    {
        var best = Plain(number);
        if (best.Count >= 2 && (number & 0xFFF) != 0 && (number & 1) == 0)
        {
            // c.li and c.slli are shorter than lui and addiw, so the shift also wins a draw if they suffice.
            var zeros = BitOperations.TrailingZeroCount(number);
            var shifted = Then(Plain(number >> zeros), Opcode.Slli, zeros);
            best = shifted.Count < best.Count || IsSigned(number >> zeros, 6) ? shifted : best;
        }

        if (best.Count <= 2)
        {
            return best;
        }

        ReadOnlySpan<Func<long, List<Step>>> tricks =
        [
            RoundedUp, WithLeadingZeros, Inverted, WithSetBits, WithClearedBits, Multiplied, Rotated,
        ];
        foreach (var trick in tricks)
        {
            var candidate = best.Count > 2 ? trick(number) : [];
            best = candidate.Count != 0 && candidate.Count < best.Count ? candidate : best;
        }

        return best;
    }

    /// <summary>Upper bits first, then shift and add.</summary>
    private static List<Step> Plain(long number)
    {
        if (BitOperations.IsPow2((ulong)number) && (!IsSigned(number, 32) || number == 0x800))
        {
            return [new Step(Opcode.Bseti, BitOperations.TrailingZeroCount(number))];
        }

        var lower = (int)AddressParts.Lower(number);
        if (IsSigned(number, 32))
        {
            var upper = (int)(AddressParts.Upper(number) << 12);
            return upper == 0 ? [new Step(Opcode.Addi, lower)]
                : lower == 0 ? [new Step(Opcode.Lui, upper)]
                : [new Step(Opcode.Lui, upper), new Step(Opcode.Addiw, lower)];
        }

        var steps = PlainUpper(unchecked(number - lower));
        return lower == 0 ? steps : Then(steps, Opcode.Addi, lower);
    }

    /// <summary>A number whose lower 12 bits are zero: a smaller one, shifted.</summary>
    private static List<Step> PlainUpper(long number)
    {
        if (IsSigned(number, 32))
        {
            return Plain(number);
        }

        var shift = BitOperations.TrailingZeroCount(number);
        var rest = number >> shift;
        var isUnsigned = false;

        // lui makes 12 zeros itself, so a shift by 12 less may do; slli.uw clears the copies of its sign.
        if (shift > 12 && !IsSigned(rest, 12))
        {
            isUnsigned = !IsSigned(rest << 12, 32) && IsUnsigned32(rest << 12);
            if (isUnsigned || IsSigned(rest << 12, 32))
            {
                rest <<= 12;
                shift -= 12;
            }
        }

        isUnsigned |= IsUnsigned32(rest) && !IsSigned(rest, 32);
        return Then(Plain(isUnsigned ? rest | UpperHalf : rest), isUnsigned ? Opcode.SlliUw : Opcode.Slli, shift);
    }

    private const long UpperHalf = -1L << HalfWidth;

    /// <summary>With a lower part just below the rounding point, a negative addition from further up may save a step.</summary>
    private static List<Step> RoundedUp(long number)
    {
        if ((number & 0x1800) != 0x1000 || (number & 0xFFF) == 0)
        {
            return [];
        }

        var lower = (int)(number & 0xFFF) - 0x800;
        return Then(Plain(unchecked(number - lower)), Opcode.Addi, lower);
    }

    /// <summary>A positive number as a logical right shift of one that fills the register.</summary>
    private static List<Step> WithLeadingZeros(long number)
    {
        if (number <= 0)
        {
            return [];
        }

        var zeros = BitOperations.LeadingZeroCount((ulong)number);
        var filled = (1L << zeros) - 1;
        var best = Then(Plain((number << zeros) | filled), Opcode.Srli, zeros);
        best = Shorter(best, Then(Plain(number << zeros), Opcode.Srli, zeros));
        return zeros == HalfWidth ? Shorter(best, Then(Plain(number | UpperHalf), Opcode.AddUw, 0)) : best;
    }

    /// <summary>A negative number as the complement of a positive one.</summary>
    private static List<Step> Inverted(long number)
    {
        var positive = WithLeadingZeros(~number);
        return number < 0 && positive.Count != 0 ? Then(positive, Opcode.Xori, -1) : [];
    }

    /// <summary>The lower 31 bits, then those bits above them that are set.</summary>
    private static List<Step> WithSetBits(long number)
    {
        var start = number & int.MaxValue;
        return WithBits(start == 0 ? [] : Plain(start), Opcode.Bseti, number ^ start);
    }

    /// <summary>The lower 31 bits with ones above them, then those of these that are clear.</summary>
    private static List<Step> WithClearedBits(long number)
    {
        var start = number | int.MinValue;
        return WithBits(Plain(start), Opcode.Bclri, number ^ start);
    }

    private static List<Step> WithBits(List<Step> steps, Opcode opcode, long bits)
    {
        for (; bits != 0; bits &= bits - 1)
        {
            steps.Add(new Step(opcode, BitOperations.TrailingZeroCount(bits)));
        }

        return steps;
    }

    /// <summary>A number times 3, 5 or 9, which sh1add, sh2add and sh3add of a register with itself are.</summary>
    private static List<Step> Multiplied(long number)
    {
        if (TryDivide(number, out var opcode, out var quotient))
        {
            return Then(Plain(quotient), opcode, 0);
        }

        var lower = (int)AddressParts.Lower(number);
        return TryDivide(unchecked(number - lower), out opcode, out quotient)
            ? Then(Then(Plain(quotient), opcode, 0), Opcode.Addi, lower)
            : [];
    }

    private static bool TryDivide(long number, out Opcode opcode, out long quotient)
    {
        ReadOnlySpan<(int Factor, Opcode Opcode)> factors = [(3, Opcode.Sh1add), (5, Opcode.Sh2add), (9, Opcode.Sh3add)];
        foreach (var (factor, candidate) in factors)
        {
            if (number % factor == 0 && IsSigned(number / factor, 32))
            {
                (opcode, quotient) = (candidate, number / factor);
                return true;
            }
        }

        (opcode, quotient) = (Opcode.Illegal, 0);
        return false;
    }

    /// <summary>A negative number of 12 bits, rotated.</summary>
    private static List<Step> Rotated(long number)
    {
        for (var rotation = 1; rotation < 64; rotation++)
        {
            var start = (long)BitOperations.RotateLeft((ulong)number, rotation);
            if (start < 0 && IsSigned(start, 12))
            {
                return [new Step(Opcode.Addi, (int)start), new Step(Opcode.Rori, rotation)];
            }
        }

        return [];
    }

    private static bool IsSigned(long number, int width) => number >= -(1L << (width - 1)) && number < 1L << (width - 1);

    private static bool IsUnsigned32(long number) => number is >= 0 and <= uint.MaxValue;

    private static List<Step> Then(List<Step> steps, Opcode opcode, int immediate) => [.. steps, new Step(opcode, immediate)];

    private static List<Step> Shorter(List<Step> first, List<Step> second) => second.Count < first.Count ? second : first;

    private static List<Instruction> ToInstructions(int rd, List<Step> steps)
    {
        var instructions = new List<Instruction>(steps.Count);
        foreach (var (opcode, immediate) in steps)
        {
            var source = instructions.Count == 0 ? 0 : rd;
            instructions.Add(opcode switch
            {
                Opcode.Lui => Encoder.Make(opcode, rd, immediate: immediate),
                Opcode.Sh1add or Opcode.Sh2add or Opcode.Sh3add => Encoder.Make(opcode, rd, source, source),
                Opcode.AddUw => Encoder.Make(opcode, rd, source, 0),
                _ => Encoder.Make(opcode, rd, source, 0, immediate),
            });
        }

        return instructions;
    }

    /// <summary>One instruction on the register that the constant is built in.</summary>
    private readonly record struct Step(Opcode Opcode, int Immediate);
}
