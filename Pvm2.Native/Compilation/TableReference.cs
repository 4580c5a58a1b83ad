namespace Pvm2.Native.Compilation;

/// <summary>An instruction that loads the address of a table of targets.</summary>
/// <param name="Displacement">Position of the four bytes to patch.</param>
/// <param name="Table">The jump table's number, or −1 for the table of all block starts.</param>
internal readonly record struct TableReference(int Displacement, int Table);
