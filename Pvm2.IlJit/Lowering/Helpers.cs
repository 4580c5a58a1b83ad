using System.Numerics;
using System.Reflection;
using Pvm2.Runtime.Portable;

namespace Pvm2.IlJit.Lowering;

/// <summary>The methods that generated code calls: what IL has no instruction for. All are public, pure and total.</summary>
internal static class Helpers
{
    internal static MethodInfo MultiplyHigh { get; } = Wide(typeof(Arithmetic), nameof(Arithmetic.MultiplyHigh), 2);

    internal static MethodInfo MultiplyHighSignedUnsigned { get; } =
        Wide(typeof(Arithmetic), nameof(Arithmetic.MultiplyHighSignedUnsigned), 2);

    internal static MethodInfo MultiplyHighUnsigned { get; } =
        Wide(typeof(Arithmetic), nameof(Arithmetic.MultiplyHighUnsigned), 2);

    internal static MethodInfo Divide { get; } = Wide(typeof(Arithmetic), nameof(Arithmetic.Divide), 2);

    internal static MethodInfo DivideUnsigned { get; } = Wide(typeof(Arithmetic), nameof(Arithmetic.DivideUnsigned), 2);

    internal static MethodInfo Remainder { get; } = Wide(typeof(Arithmetic), nameof(Arithmetic.Remainder), 2);

    internal static MethodInfo RemainderUnsigned { get; } =
        Wide(typeof(Arithmetic), nameof(Arithmetic.RemainderUnsigned), 2);

    internal static MethodInfo DivideWord { get; } = Words(nameof(Arithmetic.DivideWord));

    internal static MethodInfo DivideWordUnsigned { get; } = Words(nameof(Arithmetic.DivideWordUnsigned));

    internal static MethodInfo RemainderWord { get; } = Words(nameof(Arithmetic.RemainderWord));

    internal static MethodInfo RemainderWordUnsigned { get; } = Words(nameof(Arithmetic.RemainderWordUnsigned));

    internal static MethodInfo CombineBytes { get; } = Wide(typeof(Arithmetic), nameof(Arithmetic.CombineBytes), 1);

    internal static MethodInfo LeadingZeroCount { get; } =
        Wide(typeof(BitOperations), nameof(BitOperations.LeadingZeroCount), 1);

    internal static MethodInfo TrailingZeroCount { get; } =
        Wide(typeof(BitOperations), nameof(BitOperations.TrailingZeroCount), 1);

    internal static MethodInfo PopCount { get; } = Wide(typeof(BitOperations), nameof(BitOperations.PopCount), 1);

    internal static MethodInfo LeadingZeroCountWord { get; } =
        Find(typeof(BitOperations), nameof(BitOperations.LeadingZeroCount), typeof(uint));

    internal static MethodInfo TrailingZeroCountWord { get; } =
        Find(typeof(BitOperations), nameof(BitOperations.TrailingZeroCount), typeof(uint));

    internal static MethodInfo PopCountWord { get; } =
        Find(typeof(BitOperations), nameof(BitOperations.PopCount), typeof(uint));

    internal static MethodInfo RotateLeft { get; } =
        Find(typeof(BitOperations), nameof(BitOperations.RotateLeft), typeof(ulong), typeof(int));

    internal static MethodInfo RotateRight { get; } =
        Find(typeof(BitOperations), nameof(BitOperations.RotateRight), typeof(ulong), typeof(int));

    internal static MethodInfo RotateLeftWord { get; } =
        Find(typeof(BitOperations), nameof(BitOperations.RotateLeft), typeof(uint), typeof(int));

    internal static MethodInfo RotateRightWord { get; } =
        Find(typeof(BitOperations), nameof(BitOperations.RotateRight), typeof(uint), typeof(int));

    internal static MethodInfo ReverseBytes { get; } = Wide(typeof(Arithmetic), nameof(Arithmetic.ReverseBytes), 1);

    internal static MethodInfo Max { get; } = Find(typeof(Math), nameof(Math.Max), typeof(long), typeof(long));

    internal static MethodInfo MaxUnsigned { get; } = Wide(typeof(Math), nameof(Math.Max), 2);

    internal static MethodInfo Min { get; } = Find(typeof(Math), nameof(Math.Min), typeof(long), typeof(long));

    internal static MethodInfo MinUnsigned { get; } = Wide(typeof(Math), nameof(Math.Min), 2);

    private static MethodInfo Wide(Type type, string name, int parameters) =>
        Find(type, name, [.. Enumerable.Repeat(typeof(ulong), parameters)]);

    private static MethodInfo Words(string name) => Find(typeof(Arithmetic), name, typeof(uint), typeof(uint));

    private static MethodInfo Find(Type type, string name, params Type[] parameters) =>
        type.GetMethod(name, parameters) ?? throw new MissingMethodException(type.FullName, name);
}
