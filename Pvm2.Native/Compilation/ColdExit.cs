using Pvm2.Native.Code;

namespace Pvm2.Native.Compilation;

/// <summary>A way out that is seldom taken and stands behind all other code.</summary>
/// <param name="Displacement">Position of the jump's four bytes to patch.</param>
/// <param name="Kind">Which way out.</param>
/// <param name="ProgramCounter">The program counter to report, as the guest counts.</param>
internal readonly record struct ColdExit(int Displacement, ExitKind Kind, uint ProgramCounter);
