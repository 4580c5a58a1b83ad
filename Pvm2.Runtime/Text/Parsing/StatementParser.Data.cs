using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text.Layout;

namespace Pvm2.Runtime.Text.Parsing;

/// <summary>Directives that put data into a section.</summary>
internal sealed partial class StatementParser
{
    private void AddDataDirectives(Dictionary<string, Action<Token>> directives)
    {
        (int Width, string[] Names)[] numbers =
        [
            (1, [".byte"]),
            (2, [".half", ".short", ".2byte"]),
            (4, [".word", ".long", ".int", ".4byte"]),
            (8, [".dword", ".quad", ".8byte"]),
        ];
        foreach (var (width, names) in numbers)
        {
            foreach (var name in names)
            {
                directives[name] = token => ParseNumbers(token, width);
            }
        }

        directives[".ascii"] = token => ParseStrings(token, isTerminated: false);
        directives[".asciz"] = token => ParseStrings(token, isTerminated: true);
        directives[".string"] = directives[".asciz"];
        directives[".zero"] = ParseFill;
        directives[".space"] = ParseFill;
        directives[".skip"] = ParseFill;
        directives[".align"] = token => ParseAlignment(token, isPower: true);
        directives[".p2align"] = directives[".align"];
        directives[".balign"] = token => ParseAlignment(token, isPower: false);
    }

    private void ParseNumbers(Token directive, int width)
    {
        var fields = new List<DataField>();
        do
        {
            if (!_expressions.TryParse(out var value))
            {
                return;
            }

            fields.Add(new DataField(width, value));
        }
        while (_reader.TryTake(","));

        if (!_operands.ExpectEnd())
        {
            return;
        }

        if (_section == SectionKind.Text)
        {
            _unit.Code.Items.Add(new DataItem(directive.Position, fields));
        }
        else if (CheckContent(directive))
        {
            fields.ForEach(_unit.Data[_section].Append);
        }
    }

    private void ParseStrings(Token directive, bool isTerminated)
    {
        var bytes = new List<byte>();
        do
        {
            var text = _reader.Take();
            if (text.Kind != TokenKind.String)
            {
                Diagnostics.Add(text.Position, $"{directive.Text} needs a string in double quotes.");
                return;
            }

            bytes.AddRange(ByteString.Bytes(text.Text));
            if (isTerminated)
            {
                bytes.Add(0);
            }
        }
        while (_reader.TryTake(","));

        if (_operands.ExpectEnd() && CheckContent(directive))
        {
            AppendBytes(directive, [.. bytes]);
        }
    }

    private void AppendBytes(Token directive, byte[] bytes)
    {
        if (_section == SectionKind.Text)
        {
            _unit.Code.Items.Add(new DataItem(directive.Position, bytes));
        }
        else
        {
            _unit.Data[_section].Append(bytes);
        }
    }

    private void ParseFill(Token directive)
    {
        var limit = _section == SectionKind.Text ? AddressSpace.MaxXjarCodeSize : (long)AddressSpace.Size;
        if (!TryParseConstant(directive, 0, limit, out var count) || !TryParseFillByte(directive, out var value))
        {
            return;
        }

        if (_section == SectionKind.Text)
        {
            _unit.Code.Items.Add(new FillItem(directive.Position, value, count));
        }
        else if (value == 0 || CheckContent(directive))
        {
            _unit.Data[_section].Fill(value, value == 0 ? count : Math.Min(count, AddressSpace.MaxXjarCodeSize));
        }
    }

    private void ParseAlignment(Token directive, bool isPower)
    {
        var limit = isPower ? AddressSpace.PageShift : AddressSpace.PageSize;
        if (!TryParseConstant(directive, 0, limit, out var number) || !TryParseFillByte(directive, out var value))
        {
            return;
        }

        var alignment = isPower ? 1L << (int)number : Math.Max(1, number);
        if ((alignment & (alignment - 1)) != 0)
        {
            Diagnostics.Add(directive.Position, $"An alignment is a power of two, which {alignment} is not.");
        }
        else if (_section == SectionKind.Text)
        {
            _unit.Code.Items.Add(new AlignItem(directive.Position, alignment));
        }
        else if (value == 0 || CheckContent(directive))
        {
            _unit.Data[_section].Align(alignment, value);
        }
    }

    private bool TryParseFillByte(Token directive, out byte value)
    {
        var number = 0L;
        var parsed = !_reader.TryTake(",") || TryParseConstant(directive, 0, byte.MaxValue, out number);
        value = (byte)number;
        return parsed && _operands.ExpectEnd();
    }

    /// <summary>Parses a number that must be known at once, in a range.</summary>
    private bool TryParseConstant(Token directive, long least, long most, out long number)
    {
        number = 0;
        if (!_expressions.TryParse(out var expression) || !_unit.Evaluator.TryEvaluateNumber(expression, 0, out number))
        {
            return false;
        }

        if (number >= least && number <= most)
        {
            return true;
        }

        Diagnostics.Add(expression.Position, $"{directive.Text} takes {least} to {most}, not {number}.");
        return false;
    }

    private bool CheckContent(Token directive)
    {
        if (_section != SectionKind.Bss)
        {
            return true;
        }

        Diagnostics.Add(directive.Position, ".bss holds only zeros, by .zero and alignment.");
        return false;
    }
}
