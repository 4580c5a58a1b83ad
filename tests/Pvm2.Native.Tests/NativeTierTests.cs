using System.Runtime.InteropServices;
using Pvm2.Native.X64;
using Xunit;

namespace Pvm2.Native.Tests;

public sealed class NativeTierTests
{
    /// <summary>Without this a tier that stopped working would only be left out of the other tests.</summary>
    [Fact]
    public void It_is_supported_exactly_where_it_is_said_to_be()
    {
        var expected = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

        Assert.Equal(expected, NativeTier.Support.IsSupported);
        Assert.Equal(expected, NativeTier.Support.Reason.Length == 0);
    }

    [Fact]
    public void More_code_than_the_arena_can_hold_is_refused()
    {
        using var code = new Assembler(64);

        Assert.Throws<InsufficientMemoryException>(() => code.EnsureRoom(int.MaxValue));
        code.Return();
        Assert.Equal(1, code.Position);
    }
}
