using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Native.Compilation;

/// <summary>Decodes the code of a program some instructions ahead, so that what follows an instruction can be seen.</summary>
/// <param name="program">The program.</param>
/// <param name="buffer">Where the decoded instructions are put.</param>
internal ref struct InstructionWindow(GuestProgram program, Instruction[] buffer)
{
    /// <summary>
    /// More instructions than any idiom has, but for constants: of those that go on where nothing more is to be seen, the
    /// rest is lowered by itself.
    /// </summary>
    private const int Lookahead = 8;

    private readonly Instruction[] _buffer = buffer;
    private InstructionReader _reader = new(program.Code.Span, program.Profile);
    private int _start;
    private int _end;

    /// <summary>Decodes more instructions.</summary>
    /// <param name="instructions">Those that come next.</param>
    /// <param name="ready">How many of them can be looked at together with <see cref="Lookahead"/> others, or with all there are.</param>
    /// <returns>Whether there are any.</returns>
    internal bool TryFill(out ReadOnlySpan<Instruction> instructions, out int ready)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        var end = _end - _start;
        var reader = _reader;
        while (end < _buffer.Length && !reader.IsAtEnd)
        {
            _buffer[end++] = reader.Read();
        }

        _reader = reader;
        _start = 0;
        _end = end;
        instructions = _buffer.AsSpan(0, end);
        ready = reader.IsAtEnd ? end : end - Lookahead;
        return end != 0;
    }

    /// <summary>Goes on behind the first of the instructions that were shown.</summary>
    internal void Skip(int count) => _start += count;
}
