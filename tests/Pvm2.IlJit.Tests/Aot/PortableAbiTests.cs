using System.Reflection;
using System.Runtime.InteropServices;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Portable;
using Pvm2.Runtime.Saved;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.IlJit.Tests.Aot;

/// <summary>
/// What generated code relies on, written down for each version in <c>tests/vectors/portable-abi</c>. A difference
/// means that saved assemblies of that version would go wrong: raise <see cref="PortableAbi.Version"/> and add a file.
/// </summary>
public sealed class PortableAbiTests
{
    private const BindingFlags AllFields = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    [Fact]
    public void The_interface_is_the_one_of_its_version()
    {
        var expected = File.ReadAllText(Repository.PathOf($"tests/vectors/portable-abi/{PortableAbi.Version}.txt"));
        var actual = string.Join('\n', [.. Fields<ExecutionState>(), .. Fields<PortableContext>(), .. Fields<BlockSlot>(),
            .. Constants(), .. Exits(), .. Methods(typeof(Arithmetic)), .. Methods(typeof(BlockSlot)), .. Methods(typeof(SavedGuestSupport))]) + "\n";

        Assert.Equal(expected, actual);
    }

    private static IEnumerable<string> Fields<T>()
        where T : unmanaged =>
        typeof(T).GetFields(AllFields)
            .Select(field => (Offset: OffsetOf(field), Text: $"{field.FieldType} {typeof(T).Name}.{field.Name}"))
            .OrderBy(field => field.Offset)
            .Select(field => $"{field.Offset} {field.Text}")
            .Append($"{System.Runtime.CompilerServices.Unsafe.SizeOf<T>()} bytes of {typeof(T).Name}");

    private static int OffsetOf(FieldInfo field) =>
        field.GetCustomAttribute<FieldOffsetAttribute>()?.Value
        ?? (int)Marshal.OffsetOf(field.DeclaringType!, field.Name);

    private static IEnumerable<string> Constants() =>
        from type in new[] { typeof(ExecutionState), typeof(PortableContext), typeof(BlockSlot) }
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.IsLiteral
        select $"{type.Name}.{field.Name} = {field.GetRawConstantValue()}";

    private static IEnumerable<string> Exits() =>
        Enum.GetValues<RegionExitKind>().Select(kind => $"{new RegionExit(kind, 0x9abcdef0, -0x765).Bits:x16} {kind}");

    private static IEnumerable<string> Methods(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Select(method => $"{type.Name}: {method}")
        .Order(StringComparer.Ordinal);
}
