using System.Globalization;
using Pvm2.Native.Inspection;
using Pvm2.Runtime.Execution;
using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.TestKit;
using Xunit;

namespace Pvm2.Native.Tests.Inspection;

public sealed class PerfMapTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pvm2-perf-");

    private string MapPath => Path.Combine(_folder.FullName, "perf.map");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Guests_have_their_functions_in_it()
    {
        var lines = MapOf(
            Module.Load(File.ReadAllBytes(Repository.PathOf("bench/guests/built/static/keccak.pvm2"))),
            Module.Load(File.ReadAllBytes(Repository.PathOf("bench/guests/built/xjar/shapes.pvm2"))));

        Assert.Contains(lines, line => line.Name == "pvm2::guest_main");
        Assert.Contains(lines, line => line.Name == "pvm2::[entry]");
        Assert.Contains(lines, line => line.Name == "pvm2::[page fault]");
        Assert.Contains(lines, line => line.Name == "pvm2::[cold exits]");
        AssertRanges(lines);
    }

    [Fact]
    public void What_has_no_name_is_called_by_its_block()
    {
        // ret; addi a0, a0, 1; ret; addi a0, a0, 1; ret
        byte[] code = [0x82, 0x80, 0x05, 0x05, 0x82, 0x80, 0x05, 0x05, 0x82, 0x80];
        var program = new GuestProgram
        {
            Profile = Profile.Xjar,
            Code = code,
            EntryPoints = [new EntryPoint("main", 6)],
            Symbols = [new CodeSymbol("named", 6)],
        };

        var lines = MapOf(Module.Create(program));

        Assert.Contains(lines, line => line.Name == "pvm2::block_0");
        Assert.Contains(lines, line => line.Name == "pvm2::block_2");
        Assert.Contains(lines, line => line.Name == "pvm2::named");
        AssertRanges(lines);
    }

    [Fact]
    public void An_old_file_is_replaced_and_a_link_is_not_followed()
    {
        var other = Path.Combine(_folder.FullName, "other");
        File.WriteAllText(other, "untouched");
        File.CreateSymbolicLink(MapPath, other);

        PerfMap.Create(MapPath).Dispose();

        Assert.Equal("untouched", File.ReadAllText(other));
        Assert.Empty(File.ReadAllText(MapPath));
        Assert.Null(new FileInfo(MapPath).LinkTarget);
    }

    [Fact]
    public void A_file_that_cannot_be_made_is_an_error()
    {
        Assert.ThrowsAny<IOException>(() => PerfMap.Create(Path.Combine(_folder.FullName, "no such folder", "map")));
        Directory.CreateDirectory(MapPath);
        Assert.True(Record.Exception(() => PerfMap.Create(MapPath)) is IOException or UnauthorizedAccessException);
    }

    /// <summary>Makes instances, so that code is installed, and reads the file before it is closed.</summary>
    private List<(long Start, long Size, string Name)> MapOf(params Module[] modules)
    {
        using var map = PerfMap.Create(MapPath);
        var tier = new NativeTier { PerfMap = map };
        foreach (var module in modules)
        {
            using var instance = module.CreateInstance(new InstanceOptions { Tier = tier });
        }

        return [.. File.ReadAllLines(MapPath).Select(Parse)];
    }

    private static (long Start, long Size, string Name) Parse(string line)
    {
        var fields = line.Split(' ', 3);
        return (
            long.Parse(fields[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            long.Parse(fields[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            fields[2]);
    }

    private static void AssertRanges(List<(long Start, long Size, string Name)> lines)
    {
        var arena = NativeHost.Current!.Arena;
        var end = (long)arena.Start;
        foreach (var line in lines.OrderBy(line => line.Start))
        {
            Assert.True(line.Size > 0 && line.Start >= end, line.ToString());
            end = line.Start + line.Size;
        }

        Assert.True(end <= arena.End);
    }
}
