using System.Reflection.Emit;

namespace Pvm2.IlJit.Lowering;

/// <summary>Constants in few bytes: RyuJIT judges by the size of a method's IL whether optimising it is worth while.</summary>
internal static class CodeSinkExtensions
{
    /// <summary>Pushes a 64-bit integer.</summary>
    internal static void LoadConstant(this ICodeSink sink, long value)
    {
        if (value is < int.MinValue or > uint.MaxValue)
        {
            sink.LoadInt64(value);
            return;
        }

        sink.LoadInt32((int)value);
        sink.Emit(value > int.MaxValue ? OpCodes.Conv_U8 : OpCodes.Conv_I8);
    }
}
