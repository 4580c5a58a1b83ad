using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Memory;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Tests.Execution;
using Xunit;

namespace Pvm2.Runtime.Tests.Memory;

public sealed class GuestMemoryTests
{
    [Fact]
    public void Adjacent_regions_are_one_run()
    {
        var guest = new Guest().Halt().ReadOnly(0x1_0000, 0x1000).Stack(0x1_1000, 0x1000).ReadWrite(0x1_2000, 0x1000).Heap(0x1_4000, 0x2000);
        var layout = Module.Create(guest.Build()).Memory;
        Assert.Equal([new AddressRange(0x1_0000, 0x1_3000), new AddressRange(0x1_4000, 0x1_6000)], layout.Readable.ToArray());
        Assert.Equal([new AddressRange(0x1_1000, 0x1_3000), new AddressRange(0x1_4000, 0x1_6000)], layout.Writable.ToArray());
        Assert.Equal(new AddressRange(0x1_0000, 0x1_3000), layout.MainReadable);
        Assert.Equal(new AddressRange(0x1_1000, 0x1_3000), layout.MainWritable);
        Assert.Equal(0x5000UL, layout.TotalSize);
    }

    [Fact]
    public void Xjar_code_is_read_and_never_written()
    {
        var guest = new Guest(Profile.Xjar).Halt().Word(0x1234_5673);
        using var instance = Module.Create(guest.Build()).CreateInstance();
        Assert.True(instance.Memory.TryReadUInt64(AddressSpace.CodeBase, out var code));
        Assert.Equal(0x1234_5673_0000_200BUL, code);
        Assert.True(instance.Memory.TryReadUInt64(AddressSpace.CodeBase + 0xFF8, out var rest));
        Assert.Equal(0UL, rest);
        Assert.False(instance.Memory.TryReadUInt64(AddressSpace.CodeBase + 0xFF9, out _));
        Assert.False(instance.Memory.TryWrite(AddressSpace.CodeBase, [1]));
        Assert.Equal(0x1000UL, instance.Memory.Size);
    }

    [Fact]
    public void Pages_that_were_written_to_are_counted()
    {
        using var instance = Module.Create(new Guest().Halt().Heap(0x1_0000, 0x100_0000).Build()).CreateInstance();
        if (instance.Memory.CountTouchedPages() is not { } before)
        {
            // On Linux the system tells.
            Assert.False(OperatingSystem.IsLinux());
            return;
        }

        for (var page = 0u; page < 600; page++)
        {
            Assert.True(instance.Memory.TryWrite(0x1_0000 + (page * 0x1000), [1]));
        }

        // The guest's pages need not be the host's, so the one before or after may seem written to as well.
        Assert.InRange(before, 0, 1);
        Assert.InRange(instance.Memory.CountTouchedPages() ?? 0, 600, 602);
    }

    [Fact]
    public void A_failed_copy_changes_nothing()
    {
        var guest = new Guest().Halt().ReadWrite(0x1_0000, 0x1000, 9).ReadOnly(0x1_1000, 0x1000, 8);
        using var instance = Module.Create(guest.Build()).CreateInstance();
        byte[] buffer = [1, 2, 3];
        Assert.False(instance.Memory.TryRead(0x1_1FFE, buffer));
        Assert.Equal([1, 2, 3], buffer);
        Assert.False(instance.Memory.TryWrite(0x1_0FFE, buffer));
        Assert.True(instance.Memory.TryRead(0x1_0FFE, buffer));
        Assert.Equal([0, 0, 8], buffer);
        Assert.True(instance.Memory.TryRead(0xFFFF_FFFF, []));
        Assert.False(instance.Memory.TryRead(0xFFFF_FFFF, buffer));
    }

    [Fact]
    public void Spans_are_at_most_two_gibibytes_and_stay_inside_a_run()
    {
        var guest = new Guest().Halt().Heap(0x1_0000, 0xC000_0000).Stack(0xE000_0000, 0x1000);
        Assert.True(Module.Create(guest.Build()).TryCreateInstance(new InstanceOptions { MaxMemory = 1UL << 32 }, out var instance));
        using (instance)
        {
            Assert.True(instance.Memory.TryGetSpan(0x1_0000, int.MaxValue, out var span));
            Assert.Equal(int.MaxValue, span.Length);
            Assert.False(instance.Memory.TryGetSpan(0x1_0000, 1UL + int.MaxValue, out _));
            Assert.False(instance.Memory.TryGetSpan(0xC000_0000, 0x1_0001, out _));
            Assert.False(instance.Memory.TryGetWritableSpan(0xE000_0000, ulong.MaxValue, out _));
        }
    }
}
