using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text.Layout;

namespace Pvm2.Runtime.Text.Parsing;

/// <summary>Directives for sections, symbols, options and the program as a whole.</summary>
internal sealed partial class StatementParser
{
    private Dictionary<string, Action<Token>> BuildDirectives()
    {
        var directives = new Dictionary<string, Action<Token>>(StringComparer.Ordinal)
        {
            [".text"] = _ => SetSection(SectionKind.Text),
            [".rodata"] = _ => SetSection(SectionKind.ReadOnlyData),
            [".data"] = _ => SetSection(SectionKind.Data),
            [".bss"] = _ => SetSection(SectionKind.Bss),
            [".section"] = ParseSection,
            [".equ"] = ParseConstant,
            [".set"] = ParseConstant,
            [".option"] = ParseOption,
            [".profile"] = ParseProfile,
            [".entry"] = token => ParseNamedPlace(token, _unit.EntryPoints),
            [".symbol"] = token => ParseNamedPlace(token, _unit.ExtraSymbols),
            [".table"] = ParseTable,
            [".stack"] = token => _unit.Regions.StackSize = ParseSize(token),
            [".heap"] = token => _unit.Regions.HeapSize = ParseSize(token),
            [".region"] = ParseRegion,
            [".note"] = ParseNote,
        };
        foreach (var ignored in (string[])[".globl", ".global", ".local", ".weak", ".type", ".size", ".file", ".ident", ".attribute"])
        {
            directives[ignored] = _ => _reader.SkipStatement();
        }

        AddDataDirectives(directives);
        return directives;
    }

    private void SetSection(SectionKind section)
    {
        _section = section;
        _operands.ExpectEnd();
    }

    private void ParseSection(Token directive)
    {
        var name = _reader.Take();
        _reader.SkipStatement();
        (string Prefix, SectionKind Kind)[] known =
        [
            (".text", SectionKind.Text), (".rodata", SectionKind.ReadOnlyData), (".srodata", SectionKind.ReadOnlyData),
            (".data", SectionKind.Data), (".sdata", SectionKind.Data), (".bss", SectionKind.Bss), (".sbss", SectionKind.Bss),
        ];
        foreach (var (prefix, kind) in known)
        {
            if (name.Text == prefix || name.Text.StartsWith(prefix + ".", StringComparison.Ordinal))
            {
                _section = kind;
                return;
            }
        }

        Diagnostics.Add(directive.Position, $"There is no section '{name.Text}'; there are .text, .rodata, .data and .bss.");
    }

    private void ParseConstant(Token directive)
    {
        if (TryTakeName(directive, out var name) && Expect(","))
        {
            DefineConstant(name.Text, name.Position);
        }
    }

    private void ParseOption(Token directive)
    {
        switch (_reader.Take().Text)
        {
            case "rvc":
                _instructions.MayCompress = true;
                break;
            case "norvc":
                _instructions.MayCompress = false;
                break;
            case "push":
                _savedOptions.Push(_instructions.MayCompress);
                break;
            case "pop" when _savedOptions.TryPop(out var saved):
                _instructions.MayCompress = saved;
                break;
            case "relax" or "norelax" or "pic" or "nopic":
                break;
            default:
                Diagnostics.Add(directive.Position, ".option takes rvc, norvc, push, or pop after a push.");
                _reader.SkipStatement();
                break;
        }

        _operands.ExpectEnd();
    }

    private void ParseProfile(Token directive)
    {
        var name = _reader.Take().Text;
        if (_unit.Code.Items.Count != 0)
        {
            Diagnostics.Add(directive.Position, ".profile must stand before the first instruction.");
        }
        else if (name is "static" or "xjar")
        {
            _unit.Profile = name == "static" ? Profile.Static : Profile.Xjar;
        }
        else
        {
            Diagnostics.Add(directive.Position, "The profiles are static and xjar.");
        }

        _operands.ExpectEnd();
    }

    /// <summary>A name and, after an optional comma, a place; without one, the label of that name.</summary>
    private void ParseNamedPlace(Token directive, List<NamedPlace> list)
    {
        if (!TryTakeName(directive, out var name))
        {
            return;
        }

        _reader.TryTake(",");
        Expression? place = new NameExpression(name.Position, name.Text);
        if ((_reader.AtEnd || _expressions.TryParse(out place)) && _operands.ExpectEnd())
        {
            list.Add(new NamedPlace(name.Text, place, name.Position));
        }
    }

    /// <summary>A table's name and entries; the same name again continues the table.</summary>
    private void ParseTable(Token directive)
    {
        if (!TryTakeName(directive, out var name))
        {
            return;
        }

        if (!_unit.TryFindTable(name.Text, out var number))
        {
            number = _unit.Tables.Count;
            _unit.Tables.Add(new TableDefinition(name.Text));
        }

        _reader.TryTake(",");
        while (!_reader.AtEnd && _expressions.TryParse(out var entry))
        {
            _unit.Tables[number].Entries.Add(entry);
            if (!_reader.TryTake(","))
            {
                _operands.ExpectEnd();
                return;
            }
        }
    }

    private long ParseSize(Token directive)
    {
        return TryParseConstant(directive, 0, (long)AddressSpace.Size, out var size) && _operands.ExpectEnd() ? size : 0;
    }

    private void ParseRegion(Token directive)
    {
        if (!TryTakeName(directive, out var name) || !Expect(",")
            || !TryParseConstant(directive, 0, (long)AddressSpace.Size - 1, out var address))
        {
            return;
        }

        var size = 0L;
        if (_reader.TryTake(",") && !TryParseConstant(directive, 0, (long)AddressSpace.Size, out size))
        {
            return;
        }

        if (name.Text is not ("rodata" or "stack" or "data" or "heap"))
        {
            Diagnostics.Add(name.Position, "The regions are rodata, stack, data and heap.");
        }
        else if (((address | size) & (AddressSpace.PageSize - 1)) != 0)
        {
            Diagnostics.Add(directive.Position, "A region's address and size are multiples of 4096.");
        }
        else if (_operands.ExpectEnd())
        {
            _unit.Regions.Placements[name.Text] = new RegionPlacement(address, size, directive.Position);
        }
    }

    private void ParseNote(Token directive)
    {
        if (TryTakeName(directive, out var key) && Expect(",") && TryTakeName(directive, out var value) && _operands.ExpectEnd())
        {
            _unit.Notes.Add(new BuildNote(key.Text, value.Text));
        }
    }

    /// <summary>Takes a name, which may stand in quotes.</summary>
    private bool TryTakeName(Token directive, out Token name)
    {
        name = _reader.Take();
        if (name.Kind == TokenKind.String)
        {
            name = name with { Text = ByteString.Decode(name.Text) };
            return true;
        }

        if (name.Kind == TokenKind.Identifier)
        {
            return true;
        }

        Diagnostics.Add(name.Position, $"{directive.Text} needs a name here.");
        return false;
    }

    private bool Expect(string punctuation)
    {
        if (_reader.TryTake(punctuation))
        {
            return true;
        }

        Diagnostics.Add(_reader.Position, $"Expected '{punctuation}' here.");
        return false;
    }
}
