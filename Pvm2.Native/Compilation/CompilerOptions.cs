using Pvm2.Native.Lowering;

namespace Pvm2.Native.Compilation;

/// <summary>What the compiler may rely on.</summary>
/// <param name="Features">Instruction set extensions.</param>
/// <param name="WriteGsBase">Whether code may set the gs base itself; if not, the caller of the code has set it.</param>
internal readonly record struct CompilerOptions(CpuFeatures Features, bool WriteGsBase);
