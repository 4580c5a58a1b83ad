using Pvm2.Native.X64;

namespace Pvm2.Native.Compilation;

/// <summary>
/// The ways out of blocks at their starts, before all code: for each block in turn a call of the exit stub. The return
/// address that the call leaves says which block it was, so that nothing else has to be emitted or kept for it.
/// </summary>
internal static class BlockExits
{
    private const int CallBytes = 5;

    /// <summary>Emits the calls for a number of blocks.</summary>
    /// <param name="stub">Position of the exit stub.</param>
    /// <returns>Position of the first one.</returns>
    internal static int Emit(Assembler code, int blocks, int stub)
    {
        var start = code.Position;
        code.EnsureRoom(((long)blocks * CallBytes) + Assembler.Slack);
        for (var block = 0; block < blocks; block++)
        {
            code.Call(stub);
        }

        return start;
    }

    /// <summary>Position of a block's call.</summary>
    /// <param name="start">Position of the first one.</param>
    internal static int PositionOf(int start, int block) => start + (block * CallBytes);

    /// <summary>The block whose call left a return address.</summary>
    /// <param name="start">Position of the first one.</param>
    /// <param name="returnPosition">Where the call would have returned to.</param>
    internal static int BlockOf(int start, int returnPosition) => ((returnPosition - start) / CallBytes) - 1;
}
