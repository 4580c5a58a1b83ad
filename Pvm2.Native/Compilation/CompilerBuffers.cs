using Pvm2.Native.X64;
using Pvm2.Runtime.Isa;

namespace Pvm2.Native.Compilation;

/// <summary>What a compilation needs while it lasts, kept for the next one: it has grown to the size that is needed.</summary>
internal sealed class CompilerBuffers : IDisposable
{
    private const int WindowLength = 512;
    private const int InitialCodeBytes = 192 << 10;

    /// <summary>More code than this is not worth keeping the memory for.</summary>
    private const int MaxIdleCodeBytes = 32 << 20;

    /// <summary>The machine code.</summary>
    internal Assembler Code { get; } = new(InitialCodeBytes);

    /// <summary>Decoded instructions.</summary>
    internal Instruction[] Window { get; } = new Instruction[WindowLength];

    /// <summary>Jumps to blocks, which are linked when all blocks have been emitted.</summary>
    internal List<BlockJump> Jumps { get; } = [];

    /// <summary>Blocks whose charge is more than an instruction can take.</summary>
    internal List<int> LargeCharges { get; } = [];

    /// <summary>Ways out that are seldom taken.</summary>
    internal List<ColdExit> ColdExits { get; } = [];

    /// <summary>Uses of target tables.</summary>
    internal List<TableReference> TableReferences { get; } = [];

    /// <summary>Whether the buffers are small enough to be kept.</summary>
    internal bool IsWorthKeeping => Code.Capacity <= MaxIdleCodeBytes;

    /// <summary>Forgets everything and keeps the memory.</summary>
    internal void Clear()
    {
        Code.Clear();
        Jumps.Clear();
        LargeCharges.Clear();
        ColdExits.Clear();
        TableReferences.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => Code.Dispose();
}
