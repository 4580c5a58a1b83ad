using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.States;

/// <summary>
/// Part of a machine's state as a test writes it: <c>a0=1, [0x10002000]=00ff, pc=@loop, fault 0x1000</c>.
/// </summary>
public sealed class StateText
{
    private StateText(
        IReadOnlyList<(int Register, StateValue Value)> registers,
        IReadOnlyList<(StateValue Address, byte[] Bytes)> memory,
        IReadOnlyDictionary<string, StateValue> named,
        IReadOnlyList<string> words)
    {
        Registers = registers;
        Memory = memory;
        Named = named;
        Words = words;
    }

    /// <summary>Registers by number.</summary>
    public IReadOnlyList<(int Register, StateValue Value)> Registers { get; }

    /// <summary>Bytes in memory, lowest address first.</summary>
    public IReadOnlyList<(StateValue Address, byte[] Bytes)> Memory { get; }

    /// <summary>Values of other names, such as <c>pc</c> and <c>gas</c>.</summary>
    public IReadOnlyDictionary<string, StateValue> Named { get; }

    /// <summary>What has no equals sign.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Reads a list of items with commas between them.</summary>
    /// <param name="text">The list; it may be empty.</param>
    /// <param name="names">The names, besides registers, that may have a value.</param>
    /// <exception cref="FormatException">An item cannot be read.</exception>
    public static StateText Parse(string text, params ReadOnlySpan<string> names)
    {
        ArgumentNullException.ThrowIfNull(text);
        var registers = new List<(int, StateValue)>();
        var memory = new List<(StateValue, byte[])>();
        var named = new Dictionary<string, StateValue>(StringComparer.Ordinal);
        var words = new List<string>();
        foreach (var item in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = item.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length == 1)
            {
                words.Add(item);
            }
            else if (parts[0].StartsWith('[') && parts[0].EndsWith(']'))
            {
                memory.Add((StateValue.Parse(parts[0][1..^1]), Convert.FromHexString(parts[1])));
            }
            else if (RegisterNames.TryParse(parts[0], out var register))
            {
                registers.Add((register, StateValue.Parse(parts[1])));
            }
            else if (names.Contains(parts[0]))
            {
                named.Add(parts[0], StateValue.Parse(parts[1]));
            }
            else
            {
                throw new FormatException($"'{parts[0]}' is no register and no other name that has a value here.");
            }
        }

        return new StateText(registers, memory, named, words);
    }
}
