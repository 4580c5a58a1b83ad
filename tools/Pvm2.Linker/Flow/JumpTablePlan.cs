namespace Pvm2.Linker.Flow;

/// <summary>The jump tables of a static program, before the places of their entries are known.</summary>
internal sealed class JumpTablePlan
{
    /// <summary>The number that stands for no table, no handle or no place in a table.</summary>
    public const int None = -1;

    /// <summary>
    /// The tables. An entry below the number of instructions is that instruction; from there on entry − that number
    /// is the place behind a call: of the instruction of that index, or behind them all of an entry point's thunk.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<int>> Tables { get; init; }

    /// <summary>The table of all address-taken code, or <see cref="None"/> where nothing jumps through it.</summary>
    public required int HandleTable { get; init; }

    /// <summary>For each instruction what stands for its address in registers and data; 0 where it is not taken.</summary>
    public required uint[] Handles { get; init; }

    /// <summary>
    /// For each instruction that calls, and behind them all for each entry point, the place of this call in the
    /// callee's return table, or <see cref="None"/> where the callee never returns.
    /// </summary>
    public required int[] CallNumbers { get; init; }

    /// <summary>For each group the table that its returns go through; a group that never returns is not there.</summary>
    public required IReadOnlyDictionary<int, int> ReturnTables { get; init; }

    /// <summary>The groups.</summary>
    public required ReturnGroups Groups { get; init; }

    /// <summary>What a register holds for the place of that number in a table, as the specification defines it.</summary>
    public static uint HandleOf(int number) => ((uint)number * 2) + 1;

    /// <summary>
    /// The even number that stands for the same place as a handle, which is odd: <c>br_table</c> rounds it down.
    /// </summary>
    public static uint ToEven(uint handle) => handle + 1;

    /// <summary>The table that a return goes through, or <see cref="None"/> where nothing calls its function.</summary>
    public int ReturnTableOf(int instruction) => ReturnTables.GetValueOrDefault(Groups.Of(instruction), None);
}
