using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Memory;

namespace Pvm2.Runtime.Execution;

/// <summary>
/// All that a run consists of besides the bytes of its memory: one block of plain data at a fixed address, the same
/// for every tier, so that a run may stop in one tier and go on in another at any block start. Generated code finds
/// the fields at the offsets given here.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
public unsafe struct ExecutionState
{
    /// <summary>Bytes of the whole state.</summary>
    public const int Size = 448;

    /// <summary>Offset of x0, which is always zero; x1 to x15 follow, eight bytes each.</summary>
    public const int RegistersOffset = 0;

    /// <summary>Offset of a place that no one reads, for results whose destination is x0.</summary>
    public const int DiscardOffset = 128;

    /// <summary>Offset of the gas that the tier may use.</summary>
    public const int GasOffset = 136;

    /// <summary>Offset of the program counter.</summary>
    public const int ProgramCounterOffset = 144;

    /// <summary>Offset of the first address that was not allowed.</summary>
    public const int FaultAddressOffset = 152;

    /// <summary>Offset of the flag by which other threads ask a run without gas to stop.</summary>
    public const int StopRequestedOffset = 160;

    /// <summary>Offset of the host address of the first byte that <see cref="ReadLimit"/> is about.</summary>
    public const int ReadBaseOffset = 168;

    /// <summary>Offset of the host address of the first byte that <see cref="WriteLimit"/> is about.</summary>
    public const int WriteBaseOffset = 176;

    /// <summary>Offset of <see cref="ReadLimit"/>.</summary>
    public const int ReadLimitOffset = 188;

    /// <summary>Offset of <see cref="WriteLimit"/>.</summary>
    public const int WriteLimitOffset = 196;

    /// <summary>Offset of <see cref="TierContext"/>.</summary>
    public const int TierContextOffset = 400;

    /// <summary>Offset of <see cref="Window"/>.</summary>
    public const int WindowOffset = 424;

    /// <summary>The bit of <see cref="StopRequested"/> by which the instance ends its run.</summary>
    internal const int StopForHost = 1;

    /// <summary>
    /// The bit of <see cref="StopRequested"/> by which whoever chose the tier gets the run back, to go on in another one.
    /// </summary>
    internal const int StopForTier = 2;

    /// <summary>The widest access; an access that starts below a limit has so many bytes before the run's end.</summary>
    public const int WidestAccess = 8;

    /// <summary>x0 to x15. x0 stays zero: write results for it to <see cref="Discard"/>.</summary>
    [FieldOffset(RegistersOffset)]
    public fixed ulong Registers[RegisterNames.Count];

    /// <summary>Takes results whose destination is x0.</summary>
    [FieldOffset(DiscardOffset)]
    public ulong Discard;

    /// <summary>Gas that the tier may use; what the instance holds back comes when this is too little for a block.</summary>
    [FieldOffset(GasOffset)]
    public ulong Gas;

    /// <summary>
    /// Where to go on, or what failed, as the guest counts; see <see cref="Exit.ProgramCounter"/>. When a tier is
    /// entered it is a block start or the end of the code.
    /// </summary>
    [FieldOffset(ProgramCounterOffset)]
    public uint ProgramCounter;

    /// <summary>Why the tier left.</summary>
    [FieldOffset(148)]
    public ExitReason Reason;

    /// <summary>Which instruction called the host.</summary>
    [FieldOffset(149)]
    public HostCallKind HostCallKind;

    /// <summary>The first address that was not allowed.</summary>
    [FieldOffset(FaultAddressOffset)]
    public uint FaultAddress;

    /// <summary>The number that <c>ecalli</c> called with.</summary>
    [FieldOffset(156)]
    public int Selector;

    /// <summary>
    /// Not zero when another thread wants the run to leave its tier; while it runs, changed by atomic operations alone, since
    /// each bit has its own writer. Only code without metering looks at it, where a loop or an indirect jump lands; metered code
    /// leaves when its <see cref="Gas"/>, dealt out in portions, is used up.
    /// </summary>
    [FieldOffset(StopRequestedOffset)]
    public int StopRequested;

    /// <summary>Host address of guest address <see cref="ReadStart"/>.</summary>
    [FieldOffset(ReadBaseOffset)]
    public byte* ReadBase;

    /// <summary>Host address of guest address <see cref="WriteStart"/>.</summary>
    [FieldOffset(WriteBaseOffset)]
    public byte* WriteBase;

    /// <summary>First guest address of the layout's main readable run.</summary>
    [FieldOffset(184)]
    public uint ReadStart;

    /// <summary>
    /// Any load may be made from <see cref="ReadBase"/> + i if i is below this; if not, <see cref="ResolveRead"/> says.
    /// </summary>
    [FieldOffset(ReadLimitOffset)]
    public uint ReadLimit;

    /// <summary>First guest address of the layout's main writable run.</summary>
    [FieldOffset(192)]
    public uint WriteStart;

    /// <summary>
    /// Any store may be made to <see cref="WriteBase"/> + i if i is below this; if not, <see cref="ResolveWrite"/> says.
    /// </summary>
    [FieldOffset(WriteLimitOffset)]
    public uint WriteLimit;

    /// <summary>
    /// Host address of guest address 0 where the whole guest memory lies at that distance; null where it does not.
    /// </summary>
    [FieldOffset(WindowOffset)]
    public byte* Window;

    [FieldOffset(200)]
    private int _readableCount;

    [FieldOffset(204)]
    private int _writableCount;

    [FieldOffset(208)]
    private ReadableRuns _readable;

    [FieldOffset(208 + (MemoryLayout.MaxReadableRuns * 24))]
    private WritableRuns _writable;

    /// <summary>For the tier that runs: what it finds its code by.</summary>
    [FieldOffset(TierContextOffset)]
    internal nint TierContext;

    /// <summary>For the tier that runs: where it left.</summary>
    [FieldOffset(408)]
    internal nint TierPosition;

    /// <summary>For the tier that runs: where it goes on at once.</summary>
    [FieldOffset(416)]
    internal nint TierContinuation;

    /// <summary>Finds the host memory of a load, wherever it goes.</summary>
    /// <param name="address">First guest address.</param>
    /// <param name="size">Bytes, 1 to 8.</param>
    /// <returns>Host memory, or null if the load faults: then <see cref="FaultAddress"/> is set.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public byte* ResolveRead(uint address, uint size) =>
        MemoryRun.Resolve(((ReadOnlySpan<MemoryRun>)_readable)[.._readableCount], address, size, out FaultAddress);

    /// <summary>Finds the host memory of a store, wherever it goes.</summary>
    /// <inheritdoc cref="ResolveRead"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public byte* ResolveWrite(uint address, uint size) =>
        MemoryRun.Resolve(((ReadOnlySpan<MemoryRun>)_writable)[.._writableCount], address, size, out FaultAddress);

    /// <summary>Sets everything that is about memory.</summary>
    internal void SetMemory(
        ReadOnlySpan<MemoryRun> readable, ReadOnlySpan<MemoryRun> writable, in MemoryRun mainReadable, in MemoryRun mainWritable)
    {
        readable.CopyTo(_readable);
        writable.CopyTo(_writable);
        _readableCount = readable.Length;
        _writableCount = writable.Length;
        ReadBase = mainReadable.Host;
        ReadStart = mainReadable.Start;
        ReadLimit = Limit(mainReadable);
        WriteBase = mainWritable.Host;
        WriteStart = mainWritable.Start;
        WriteLimit = Limit(mainWritable);
    }

    /// <summary>How many places of a run have the widest access before its end.</summary>
    private static uint Limit(in MemoryRun run) =>
        run.End == run.Start ? 0 : (uint)(run.End - run.Start - (WidestAccess - 1));

    [InlineArray(MemoryLayout.MaxReadableRuns)]
    private struct ReadableRuns
    {
        private MemoryRun _first;
    }

    [InlineArray(MemoryLayout.MaxWritableRuns)]
    private struct WritableRuns
    {
        private MemoryRun _first;
    }
}
