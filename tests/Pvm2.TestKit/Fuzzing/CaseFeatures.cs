using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;

namespace Pvm2.TestKit.Fuzzing;

/// <summary>
/// What a case reaches: each two encodings that follow each other in an executed block, and each way a run ends, by
/// profile and by the instruction where it ends. A case with one that no other had is worth keeping.
/// </summary>
public static class CaseFeatures
{
    private const int Rows = 256;
    private const int Reasons = 8;

    /// <summary>How many there are.</summary>
    public const int Count = (Rows * Rows) + (2 * Reasons * Rows);

    /// <summary>Finds the features of a case.</summary>
    /// <param name="module">The module.</param>
    /// <param name="executed">Which of its blocks were executed.</param>
    /// <param name="exit">How the run ended.</param>
    public static IReadOnlyList<int> Of(Module module, IReadOnlyList<bool> executed, Exit exit)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(executed);
        var features = new HashSet<int> { OfEnd(module, exit) };
        var code = module.Program.Code.Span;
        for (var block = 0; block < executed.Count; block++)
        {
            if (!executed[block])
            {
                continue;
            }

            var end = block + 1 < executed.Count ? module.Blocks.Starts[block + 1] : (uint)code.Length;
            var last = 0;
            for (var offset = module.Blocks.Starts[block]; offset < end;)
            {
                var instruction = Decoder.Decode(code, (int)offset, module.Program.Profile);
                features.Add((last * Rows) + instruction.Row);
                last = instruction.Row;
                offset += instruction.Length;
            }
        }

        return [.. features];
    }

    private static int OfEnd(Module module, Exit exit)
    {
        var offset = exit.ProgramCounter - module.Program.CodeBase;
        var row = offset < module.Program.Code.Length && exit.Reason is ExitReason.Panic or ExitReason.PageFault
            ? Decoder.Decode(module.Program.Code.Span, (int)offset, module.Program.Profile).Row
            : 0;
        return (Rows * Rows) + (((((int)module.Program.Profile * Reasons) + (int)exit.Reason) * Rows) + row);
    }
}
