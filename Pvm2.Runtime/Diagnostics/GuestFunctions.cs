using System.Globalization;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Programs;

namespace Pvm2.Runtime.Diagnostics;

/// <summary>
/// The functions of a program: what lies between one named place and the next. Symbols and entry points have names; in a
/// program without symbols the targets of direct calls are functions too, named by their addresses.
/// </summary>
internal sealed class GuestFunctions
{
    private readonly uint[] _starts;
    private readonly string[] _names;
    private readonly int[] _functionOfBlock;
    private readonly uint _codeBase;

    private GuestFunctions(Module module, Dictionary<uint, string> names)
    {
        // Code before the first name is a function as well.
        _ = names.TryAdd(0, "block_0");
        _codeBase = module.Program.CodeBase;
        _starts = [.. names.Keys.Order()];
        _names = Array.ConvertAll(_starts, start => names[start]);
        _functionOfBlock = new int[module.Blocks.Count];
        var function = 0;
        for (var block = 0; block < _functionOfBlock.Length; block++)
        {
            while (function + 1 < _starts.Length && _starts[function + 1] <= module.Blocks.Starts[block])
            {
                function++;
            }

            _functionOfBlock[block] = function;
        }
    }

    /// <summary>How many there are.</summary>
    internal int Count => _starts.Length;

    /// <summary>Finds the functions of a module.</summary>
    internal static GuestFunctions Find(Module module)
    {
        var program = module.Program;
        var names = new Dictionary<uint, string>();
        foreach (var symbol in program.Symbols)
        {
            _ = names.TryAdd(symbol.Offset, symbol.Name);
        }

        var isNamed = names.Count != 0;
        foreach (var entry in program.EntryPoints)
        {
            _ = names.TryAdd(entry.Offset, isNamed ? $"entry {entry.Name}" : entry.Name);
        }

        if (!isNamed)
        {
            foreach (var target in DirectCalls.TargetsOf(program))
            {
                _ = names.TryAdd(target, string.Create(CultureInfo.InvariantCulture, $"function_{target:x}"));
            }
        }

        return new GuestFunctions(module, names);
    }

    /// <summary>The function that a block is in.</summary>
    internal int Of(int block) => _functionOfBlock[block];

    /// <summary>Whether a block is the one that calls of its function go to.</summary>
    internal bool IsFirst(int block) => block == 0 || _functionOfBlock[block - 1] != _functionOfBlock[block];

    /// <summary>What a function is called. The name is the program's choice, any printable text.</summary>
    internal string NameOf(int function) => _names[function];

    /// <summary>Where a function starts, as the guest counts.</summary>
    internal uint AddressOf(int function) => _codeBase + _starts[function];
}
