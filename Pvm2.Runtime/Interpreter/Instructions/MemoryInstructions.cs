using System.Runtime.CompilerServices;

namespace Pvm2.Runtime.Interpreter.Instructions;

#pragma warning disable format // One row an instruction.
internal readonly unsafe struct Lb : ILoad { public static uint Size => sizeof(sbyte); [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Read(byte* host) => (ulong)*(sbyte*)host; }
internal readonly unsafe struct Lh : ILoad { public static uint Size => sizeof(short); [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Read(byte* host) => (ulong)*(short*)host; }
internal readonly unsafe struct Lw : ILoad { public static uint Size => sizeof(int); [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Read(byte* host) => (ulong)*(int*)host; }
internal readonly unsafe struct Ld : ILoad { public static uint Size => sizeof(ulong); [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Read(byte* host) => *(ulong*)host; }
internal readonly unsafe struct Lbu : ILoad { public static uint Size => sizeof(byte); [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Read(byte* host) => *(byte*)host; }
internal readonly unsafe struct Lhu : ILoad { public static uint Size => sizeof(ushort); [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Read(byte* host) => *(ushort*)host; }
internal readonly unsafe struct Lwu : ILoad { public static uint Size => sizeof(uint); [MethodImpl(MethodImplOptions.AggressiveInlining)] public static ulong Read(byte* host) => *(uint*)host; }

internal readonly unsafe struct Sb : IStore { public static uint Size => sizeof(byte); [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Write(byte* host, ulong value) => *(byte*)host = (byte)value; }
internal readonly unsafe struct Sh : IStore { public static uint Size => sizeof(ushort); [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Write(byte* host, ulong value) => *(ushort*)host = (ushort)value; }
internal readonly unsafe struct Sw : IStore { public static uint Size => sizeof(uint); [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Write(byte* host, ulong value) => *(uint*)host = (uint)value; }
internal readonly unsafe struct Sd : IStore { public static uint Size => sizeof(ulong); [MethodImpl(MethodImplOptions.AggressiveInlining)] public static void Write(byte* host, ulong value) => *(ulong*)host = value; }
#pragma warning restore format
