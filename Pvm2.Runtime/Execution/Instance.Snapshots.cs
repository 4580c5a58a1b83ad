using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Snapshots;

namespace Pvm2.Runtime.Execution;

/// <summary>Snapshots: the whole state written down, and taken up again.</summary>
public sealed partial class Instance
{
    /// <summary>
    /// Copies everything that a run has changed: registers, program counter, gas, and the pages that differ from what
    /// the program declares. To be used between runs, in whichever way the last one ended.
    /// </summary>
    /// <param name="withProgram">Whether the snapshot also holds the program, so that it can be resumed without.</param>
    /// <returns>The snapshot. The same state has the same one, whatever tier and machine it was reached on.</returns>
    /// <exception cref="InvalidOperationException">
    /// The instance is running, or the snapshot would have more bytes than <see cref="Snapshot.MaxSize"/>.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The instance was disposed.</exception>
    public Snapshot TakeSnapshot(bool withProgram = false)
    {
        Enter();
        try
        {
            Memory.Acquire();
            try
            {
                return CopyState(withProgram);
            }
            finally
            {
                Memory.Release();
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Makes a new instance what a snapshot says.</summary>
    /// <param name="snapshot">A snapshot that fits the module: see <see cref="SnapshotCheck"/>.</param>
    internal void Restore(Snapshot snapshot)
    {
        foreach (var page in snapshot.Pages)
        {
            // The page is a writable one: that was checked.
            Memory.TryGetWritableSpan(page.Address, AddressSpace.PageSize, out var bytes);
            page.CopyTo(bytes);
        }

        for (var register = 1; register < RegisterNames.Count; register++)
        {
            Registers[register] = snapshot.Registers[register];
        }

        State.ProgramCounter = snapshot.ProgramCounter;
        if (snapshot is { GasLeft: { } left, GasUsed: { } used })
        {
            _gas.Restore(left, used);
        }

        _phase = snapshot.Phase;
    }

    private Snapshot CopyState(bool withProgram)
    {
        var registers = new ulong[RegisterNames.Count];
        Registers.CopyTo(registers);
        var snapshot = new Snapshot(registers, ChangedPages.Copy(Memory))
        {
            Program = Module.Hash,
            GasModel = GasModel,
            Phase = _phase,
            ProgramCounter = ProgramCounter,
            GasLeft = GasLeft,
            GasUsed = GasUsed,
            Container = withProgram ? ProgramWriter.Write(Module.Program) : default,
        };
        return snapshot.Size <= Snapshot.MaxSize
            ? snapshot
            : throw new InvalidOperationException($"The snapshot would have {snapshot.Size} bytes.");
    }
}
