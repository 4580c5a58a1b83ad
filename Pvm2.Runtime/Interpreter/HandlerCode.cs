using System.Runtime.Intrinsics.X86;

namespace Pvm2.Runtime.Interpreter;

/// <summary>Finds the code behind a method's entry point.</summary>
/// <remarks>
/// The address of a method that C# gives is that of a stub: a jump through a word of memory, which leads to the
/// compiler until the method has been compiled and to its code from then on. An indirect jump an instruction is what
/// an interpreter's speed is made of, so this one is taken in advance: where the stub begins with that very machine
/// instruction, going where its word points is the same as executing it. The runtime frees no code of methods like
/// these, so the address stays good. Any other stub is used as it is.
/// </remarks>
internal static unsafe class HandlerCode
{
    private const ushort JumpThroughMemory = 0x25FF;
    private const int JumpLength = 6;

    /// <summary>No stub is longer; a word that points no farther than this has not left it.</summary>
    private const int StubLength = 64;

    /// <summary>Finds the address to keep.</summary>
    /// <param name="entry">A method's entry point.</param>
    /// <param name="code">The best address to call it by, from now on.</param>
    /// <returns>False as long as the method may not have been compiled.</returns>
    internal static bool TryFind(nint entry, out nint code)
    {
        code = entry;
        if (!X86Base.X64.IsSupported || *(ushort*)entry != JumpThroughMemory)
        {
            return true;
        }

        // jmp [rip + displacement]: the word is that far from the next instruction. Both are the runtime's memory,
        // readable for as long as the process lives.
        code = Volatile.Read(ref *(nint*)(entry + JumpLength + *(int*)(entry + sizeof(ushort))));
        return code < entry || code > entry + StubLength;
    }
}
