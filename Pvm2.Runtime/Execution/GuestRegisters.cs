using System.Runtime.InteropServices;
using Pvm2.Runtime.Isa;

namespace Pvm2.Runtime.Execution;

/// <summary>The registers x0 to x15 of one instance, by their RISC-V numbers: a0 is 10.</summary>
/// <remarks>To be used between runs and in host calls, by the thread that runs the instance.</remarks>
public sealed unsafe class GuestRegisters
{
    private readonly ExecutionState[] _state;

    internal GuestRegisters(ExecutionState[] state) => _state = state;

    /// <summary>A register. x0 is zero and ignores what is written to it.</summary>
    /// <param name="register">0 to 15.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such register.</exception>
    public ulong this[int register]
    {
        get
        {
            Check(register);
            return _state[0].Registers[register];
        }

        set
        {
            Check(register);
            if (register != 0)
            {
                _state[0].Registers[register] = value;
            }
        }
    }

    /// <summary>Copies x0 to x15.</summary>
    /// <param name="destination">At least 16 long.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void CopyTo(Span<ulong> destination) =>
        MemoryMarshal.CreateReadOnlySpan(ref _state[0].Registers[0], RegisterNames.Count).CopyTo(destination);

    private static void Check(int register) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)register, (uint)RegisterNames.Count, nameof(register));
}
