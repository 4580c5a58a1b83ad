using System.Globalization;
using Pvm2.Cli.Inspection;
using Pvm2.Cli.Output;
using Pvm2.Runtime.Diagnostics;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.Cli.Observing;

/// <summary>
/// Writes a line for each block that is entered: the gas left before it, where it is, and the registers that have
/// changed since the line before.
/// </summary>
/// <param name="writer">Where to.</param>
/// <param name="request">From when on and how many.</param>
internal sealed class BlockTrace(TextWriter writer, ObservationRequest request) : IBlockObserver
{
    private readonly ulong[] _registers = new ulong[RegisterNames.Count];
    private Instance? _instance;
    private ulong _lines;

    /// <summary>Says whose gas it is.</summary>
    public void Attach(Instance instance) => _instance = instance;

    /// <inheritdoc/>
    public void BlockEntered(in BlockEntry entry)
    {
        if (_lines > request.TraceBlocks || _instance is not { } instance || instance.GasUsed < request.TraceFrom)
        {
            return;
        }

        if (_lines == request.TraceBlocks)
        {
            writer.WriteLine("more blocks, which are not shown");
        }
        else
        {
            WriteLine(instance, entry);
        }

        _lines++;
    }

    private void WriteLine(Instance instance, in BlockEntry entry)
    {
        var gas = instance.GasLeft is { } left ? left.ToString(CultureInfo.InvariantCulture) : "-";
        writer.Write($"gas={gas} pc={Hex.Address(entry.ProgramCounter)}");
        var program = instance.Module.Program;
        writer.Write(CodePlace.FunctionAt(program, entry.ProgramCounter - program.CodeBase));
        for (var register = 1; register < entry.Registers.Length; register++)
        {
            var value = entry.Registers[register];
            if (_lines == 0 || value != _registers[register])
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $" {RegisterNames.AbiName(register)}=0x{value:x}"));
            }
        }

        writer.WriteLine();
        entry.Registers.CopyTo(_registers);
    }
}
