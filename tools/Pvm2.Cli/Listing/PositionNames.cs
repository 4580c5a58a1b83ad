using Iced.Intel;
using Pvm2.Native.Inspection;
using Pvm2.Runtime.Programs;

namespace Pvm2.Cli.Listing;

/// <summary>Names for the positions in machine code that jumps and tables refer to.</summary>
internal sealed class PositionNames : ISymbolResolver
{
    private readonly Dictionary<ulong, string> _names = [];

    /// <summary>Names the parts of a module's machine code.</summary>
    public PositionNames(MachineCode code, BasicBlockMap blocks)
    {
        foreach (var part in code.Parts)
        {
            if (NameOf(part, blocks) is { Length: > 0 } name)
            {
                _ = _names.TryAdd((ulong)part.Position, name);
            }
        }
    }

    /// <summary>The name of a position; empty if it has none.</summary>
    public string this[int position] => _names.GetValueOrDefault((ulong)position, string.Empty);

    /// <summary>The name of a block's exit.</summary>
    public static string ExitOf(int block) => $"exit_of_block_{block}";

    /// <inheritdoc/>
    public bool TryGetSymbol(
        in Instruction instruction, int operand, int instructionOperand, ulong address, int addressSize, out SymbolResult symbol)
    {
        var isPosition = instruction.IsIPRelativeMemoryOperand || instruction.FlowControl is
            FlowControl.ConditionalBranch or FlowControl.UnconditionalBranch or FlowControl.Call;
        if (isPosition && _names.TryGetValue(address, out var name))
        {
            symbol = new SymbolResult(address, name);
            return true;
        }

        symbol = default;
        return false;
    }

    private static string NameOf(in MachineCodePart part, BasicBlockMap blocks) => part.Kind switch
    {
        MachineCodePartKind.Stub => part.Name.Replace(' ', '_'),
        MachineCodePartKind.BlockExit => ExitOf(blocks.IndexOf(part.Offset)),
        MachineCodePartKind.Instruction when blocks.IndexOf(part.Offset) is >= 0 and var block => $"block_{block}",
        MachineCodePartKind.EndOfCode => "end_of_code",
        MachineCodePartKind.LargeCharge => $"charge_{blocks.IndexOf(part.Offset)}",
        MachineCodePartKind.ColdExit => $"cold_{part.Name.Replace(' ', '_')}_{part.Position:x}",
        MachineCodePartKind.BlockStartTable => "block_starts",
        MachineCodePartKind.JumpTable => $"table{part.Offset}",
        _ => string.Empty,
    };
}
