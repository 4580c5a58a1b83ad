using System.Buffers.Binary;
using System.Globalization;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Text.Listing;

/// <summary>Writes the code of a program, block by block.</summary>
internal sealed class CodeListing(TextWriter writer, GuestProgram program, CodeLabels labels, DisassemblyOptions options)
{
    private readonly BasicBlockMap _blocks = BasicBlockMap.Build(program.Code.Span, program.Profile);

    internal void Write()
    {
        var code = program.Code.Span;
        var costs = BlockCosts.Compute(program, _blocks, options.GasModel);
        for (var offset = 0; offset < code.Length;)
        {
            var block = _blocks.IndexOf((uint)offset);
            if (block >= 0)
            {
                var gas = options.GasModel == GasModel.None ? string.Empty : $", gas {costs[block]}";
                writer.WriteLine();
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# block {block}{gas}"));
            }

            WriteLabels((uint)offset);
            var instruction = Decoder.Decode(code, offset, program.Profile);
            WriteLine(offset, code.Slice(offset, instruction.Length), FormatAt(instruction, offset));
            WriteNotes((uint)offset);
            offset += instruction.Length;
        }

        WriteLabels((uint)code.Length);
    }

    private void WriteLabels(uint offset)
    {
        foreach (var label in labels.At(offset))
        {
            writer.WriteLine($"{SourceNames.Write(label)}:");
        }
    }

    private void WriteNotes(uint offset)
    {
        foreach (var note in options.NotesAfter(offset))
        {
            writer.WriteLine($"    # {note}");
        }
    }

    private void WriteLine(int offset, ReadOnlySpan<byte> bytes, string text)
    {
        writer.WriteLine(options.ShowEncodings
            ? $"    {text,-38} # {program.CodeBase + (uint)offset:x8}  {Convert.ToHexStringLower(bytes)}"
            : $"    {text}");
    }

    private string FormatAt(in Instruction instruction, int offset)
    {
        var bytes = program.Code.Span.Slice(offset, instruction.Length);
        if (instruction.IsIllegal)
        {
            var reason = IllegalEncoding.Explain(program.Code.Span, offset, program.Profile);
            return $"{Raw(bytes)} # illegal: {IllegalEncoding.Describe(reason, program.Profile)}";
        }

        var text = InstructionFormatter.Format(instruction, options, Reference(instruction, offset));

        return SaysAll(instruction, Number(bytes)) ? text : $"{Raw(bytes)} # {text}";
    }

    /// <summary>Whether an instruction's text has all of its bits; fences may hold some that mean nothing.</summary>
    private static bool SaysAll(in Instruction instruction, uint bits) =>
        Encoder.TryEncode(instruction, out var encoded) && encoded == bits
        && (instruction.Opcode != Opcode.FenceI || instruction.Immediate == 0);

    private string Reference(in Instruction instruction, int offset)
    {
        if (instruction.Opcode == Opcode.BrTable && instruction.Immediate < program.JumpTables.Count)
        {
            return TableListing.NameOf(instruction.Immediate);
        }

        return instruction.Operation.Family is InstructionFamily.Branch or InstructionFamily.Jump
            && labels.TryFind((long)offset + instruction.Immediate, out var label)
            ? label
            : instruction.Immediate.ToString(CultureInfo.InvariantCulture);
    }

    private static string Raw(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        2 => $".half 0x{Number(bytes):x4}",
        4 => $".word 0x{Number(bytes):x8}",
        _ => $".byte {string.Join(", ", bytes.ToArray().Select(value => $"0x{value:x2}"))}",
    };

    private static uint Number(ReadOnlySpan<byte> bytes)
    {
        Span<byte> padded = stackalloc byte[4];
        padded.Clear();
        bytes.CopyTo(padded);
        return BinaryPrimitives.ReadUInt32LittleEndian(padded);
    }
}
