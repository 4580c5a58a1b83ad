using System.Security.Cryptography;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Gas;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Snapshots;
using Xunit;

namespace Pvm2.Runtime.Tests.Snapshots;

/// <summary>The bytes of snapshots: as recorded, and the same again when read and written.</summary>
public sealed class SnapshotFormatTests
{
    [Fact]
    public void The_example_has_the_bytes_on_record() =>
        Assert.Equal(Convert.ToHexString(SnapshotExample.Recorded()), Convert.ToHexString(SnapshotExample.Take()));

    [Fact]
    public void The_bytes_on_record_say_what_the_example_is()
    {
        var snapshot = SnapshotExample.Read(SnapshotExample.Recorded());
        Assert.Equal(SnapshotExample.Module.Hash, snapshot.Program);
        Assert.Equal((GasModel.Pipeline, RunPhase.Ready, 8u), (snapshot.GasModel, snapshot.Phase, snapshot.ProgramCounter));
        Assert.Equal(1_000UL, snapshot.GasLeft + snapshot.GasUsed);
        Assert.Equal(0UL, snapshot.Registers[0]);
        Assert.Equal(0x0101_0101_0101_0181UL, snapshot.Registers[1]);
        Assert.Equal(0x0F0F_0F0F_0F0F_0F8FUL, snapshot.Registers[15]);
        Assert.True(snapshot.Container.IsEmpty);
        Assert.Equal(
            [
                (SnapshotExample.Data, 0, string.Empty),
                (SnapshotExample.Data + AddressSpace.PageSize, 5, "010002"),
                (SnapshotExample.Stack, 4095, "FF"),
            ],
            snapshot.Pages.ToArray().Select(page => (page.Address, page.Start, Convert.ToHexString(page.Content.Span))));
    }

    [Theory]
    [InlineData(false, GasModel.Pipeline)]
    [InlineData(true, GasModel.Flat)]
    [InlineData(true, GasModel.None)]
    public void What_is_read_is_written_again(bool withProgram, GasModel model)
    {
        var bytes = SnapshotExample.Take(withProgram, model);
        var snapshot = SnapshotExample.Read(bytes);
        Assert.Equal(bytes, snapshot.ToArray());
        Assert.Equal(bytes.Length, snapshot.Size);
        using var stream = new MemoryStream();
        snapshot.WriteTo(stream);
        Assert.Equal(bytes, stream.ToArray());
        Assert.Equal(model != GasModel.None, snapshot.GasUsed is not null);
        Assert.True(Snapshot.HasMagic(bytes));
    }

    [Fact]
    public void The_last_bytes_are_the_hash_of_the_others()
    {
        var bytes = SnapshotExample.Take();
        Assert.Equal(SHA256.HashData(bytes.AsSpan()[..^32]), bytes[^32..]);
    }

    [Fact]
    public void The_program_in_a_snapshot_is_its_container()
    {
        var snapshot = SnapshotExample.Read(SnapshotExample.Take(withProgram: true));
        Assert.Equal(ProgramWriter.Write(SnapshotExample.Module.Program), snapshot.Container.ToArray());
        Assert.True(Module.TryLoad(snapshot.Container.Span, out var module, out _));
        Assert.True(module.TryRestore(snapshot, null, out var instance, out _));
        instance.Dispose();
    }

    [Fact]
    public void A_snapshot_does_not_change_with_the_bytes_that_it_was_read_from()
    {
        var bytes = SnapshotExample.Take(withProgram: true);
        var expected = bytes.ToArray();
        var snapshot = SnapshotExample.Read(bytes);
        bytes.AsSpan().Clear();
        Assert.Equal(expected, snapshot.ToArray());
    }

    [Fact]
    public void A_page_is_copied_whole_and_only_into_a_page()
    {
        var pages = SnapshotExample.Read(SnapshotExample.Take()).Pages.ToArray();
        var bytes = new byte[AddressSpace.PageSize];
        bytes.AsSpan().Fill(0xEE);
        pages[1].CopyTo(bytes);
        Assert.Equal([0, 0, 0, 0, 0, 1, 0, 2, .. new byte[AddressSpace.PageSize - 8]], bytes);
        Assert.Throws<ArgumentException>(() => pages[1].CopyTo(new byte[AddressSpace.PageSize - 1]));
    }
}
