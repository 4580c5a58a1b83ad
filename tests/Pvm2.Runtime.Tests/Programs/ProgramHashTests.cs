using System.Security.Cryptography;
using Pvm2.Runtime.Programs;
using Xunit;

namespace Pvm2.Runtime.Tests.Programs;

public sealed class ProgramHashTests
{
    [Fact]
    public void It_is_the_SHA_256_of_the_container()
    {
        var bytes = new ContainerParts().ToBytes();
        Assert.True(ProgramReader.TryRead(bytes, out var program, out _));
        var hash = ProgramHash.Of(program);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), hash.ToString());
        Assert.Equal(ProgramHash.OfContainer(bytes), hash);

        var copied = new byte[40];
        hash.CopyTo(copied);
        Assert.Equal(SHA256.HashData(bytes), copied[..32]);
        Assert.Equal(new byte[8], copied[32..]);
    }

    [Fact]
    public void Programs_that_differ_have_hashes_that_differ()
    {
        var one = ProgramHash.OfContainer(new ContainerParts().ToBytes());
        var other = ProgramHash.OfContainer((new ContainerParts() with { Header = "50564d32 01 01" }).ToBytes());
        Assert.NotEqual(one, other);
        Assert.True(one != other);
        Assert.False(one.Equals((object)other));
        Assert.True(one == ProgramHash.OfContainer(new ContainerParts().ToBytes()));
    }

    [Fact]
    public void Text_is_read_back()
    {
        var hash = ProgramHash.OfContainer(new ContainerParts().ToBytes());
        Assert.True(ProgramHash.TryParse(hash.ToString(), out var parsed));
        Assert.Equal(hash, parsed);
        Assert.True(ProgramHash.TryParse(hash.ToString().ToUpperInvariant(), out parsed));
        Assert.Equal(hash, parsed);
        Assert.Equal(hash.GetHashCode(), parsed.GetHashCode());
        foreach (var bad in new[] { null, "", hash.ToString()[1..], hash.ToString() + "0", "g" + hash.ToString()[1..] })
        {
            Assert.False(ProgramHash.TryParse(bad, out parsed));
            Assert.Equal(default, parsed);
        }
    }

    [Fact]
    public void It_has_32_bytes()
    {
        Assert.Throws<ArgumentException>(() => new ProgramHash(new byte[31]));
        Assert.Throws<ArgumentException>(() => default(ProgramHash).CopyTo(new byte[31]));
    }
}
