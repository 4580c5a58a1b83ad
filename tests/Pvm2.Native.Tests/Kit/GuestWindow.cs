using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Native.Tests.Kit;

/// <summary>The addresses of the host that an instance on the native tier can reach: 4 GiB, and a page behind them.</summary>
internal static unsafe class GuestWindow
{
    private const ulong Reach = AddressSpace.Size + AddressSpace.PageSize;

    /// <summary>The host address of guest address 0.</summary>
    internal static ulong Of(Instance instance)
    {
        var first = instance.Module.Memory.Readable[0].Start;
        Assert.True(instance.Memory.TryGetSpan(first, 1, out var span));
        return (ulong)Unsafe.AsPointer(ref MemoryMarshal.GetReference(span)) - first;
    }

    /// <summary>
    /// Checks every page that the guest can reach: those that the program declares have its rights, all others have
    /// none, and none is left for the system to give to somebody else.
    /// </summary>
    internal static void AssertHoldsWhatIsDeclared(Instance instance, IReadOnlyList<Mapping> mappings)
    {
        var window = Of(instance);
        var next = 0UL;
        foreach (var (start, end, rights) in Declared(instance.Module.Program))
        {
            AssertRights(mappings, window + next, window + start, "---");
            AssertRights(mappings, window + start, window + end, rights);
            next = end;
        }

        AssertRights(mappings, window + next, window + Reach, "---");
    }

    private static IEnumerable<(ulong Start, ulong End, string Rights)> Declared(GuestProgram program)
    {
        List<(ulong, ulong, string)> declared = [];
        foreach (var region in program.Regions.Where(region => region.Size != 0))
        {
            declared.Add((region.Address, region.End, region == program.ReadOnlyData ? "r--" : "rw-"));
        }

        if (program.Profile == Profile.Xjar)
        {
            var pages = ((uint)program.Code.Length + AddressSpace.PageSize - 1) / AddressSpace.PageSize;
            declared.Add((AddressSpace.CodeBase, AddressSpace.CodeBase + (pages * AddressSpace.PageSize), "r--"));
        }

        return declared.Order();
    }

    private static void AssertRights(IReadOnlyList<Mapping> mappings, ulong start, ulong end, string rights)
    {
        while (start < end)
        {
            var mapping = mappings.FirstOrDefault(mapping => mapping.Start <= start && start < mapping.End);
            Assert.True(mapping.End > start, $"Nothing is mapped at 0x{start:x}, in a guest's window.");
            Assert.True(mapping.Rights[..3] == rights, $"0x{start:x} has {mapping.Rights}, not {rights}.");
            start = mapping.End;
        }
    }
}
