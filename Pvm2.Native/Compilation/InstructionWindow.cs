using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;

namespace Pvm2.Native.Compilation;

/// <summary>Decodes the code of a program some instructions ahead, so that what follows an instruction can be seen.</summary>
/// <param name="program">The program.</param>
/// <param name="buffer">Where the decoded instructions are put.</param>
internal ref struct InstructionWindow(GuestProgram program, Instruction[] buffer)
{
    /// <summary>As many instructions as there are idioms of.</summary>
    private const int Lookahead = 8;

    private readonly Instruction[] _buffer = buffer;
    private InstructionReader _reader = new(program.Code.Span, program.Profile);
    private int _start;
    private int _end;

    /// <summary>Shows the next instructions.</summary>
    /// <param name="instructions">At least <see cref="Lookahead"/>, or all there are.</param>
    /// <returns>Whether there are any.</returns>
    internal bool TryLook(out ReadOnlySpan<Instruction> instructions)
    {
        if (_end - _start < Lookahead && !_reader.IsAtEnd)
        {
            Fill();
        }

        instructions = _buffer.AsSpan(_start, _end - _start);
        return _start < _end;
    }

    /// <summary>Goes on behind the first of the instructions that were shown.</summary>
    internal void Skip(int count) => _start += count;

    private void Fill()
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
    }
}
