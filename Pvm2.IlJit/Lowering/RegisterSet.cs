using System.Collections;
using System.Numerics;
using Pvm2.Runtime.Isa;

namespace Pvm2.IlJit.Lowering;

/// <summary>A set of guest registers, never x0.</summary>
/// <param name="Bits">Bit r stands for register r.</param>
internal readonly record struct RegisterSet(ushort Bits) : IEnumerable<int>
{
    /// <summary>Whether a register is in the set.</summary>
    internal bool Contains(int register) => ((Bits >> register) & 1) != 0;

    /// <summary>The set and a register; x0 changes nothing.</summary>
    internal RegisterSet With(int register) => new((ushort)((Bits | (1 << register)) & ~1));

    /// <summary>What is in one of two sets.</summary>
    public static RegisterSet operator |(RegisterSet left, RegisterSet right) => new((ushort)(left.Bits | right.Bits));

    /// <summary>The registers that an instruction reads.</summary>
    internal static RegisterSet ReadBy(Instruction i) => default(RegisterSet).With(i.Rs1).With(i.Rs2);

    /// <summary>The register that an instruction writes, if it writes one.</summary>
    internal static RegisterSet WrittenBy(Instruction i) => default(RegisterSet).With(i.Rd);

    /// <summary>The registers, ascending.</summary>
    public IEnumerator<int> GetEnumerator()
    {
        for (uint bits = Bits; bits != 0; bits &= bits - 1)
        {
            yield return BitOperations.TrailingZeroCount(bits);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
