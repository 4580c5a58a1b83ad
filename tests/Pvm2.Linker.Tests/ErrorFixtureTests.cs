using Pvm2.Runtime.Isa;
using Xunit;

namespace Pvm2.Linker.Tests;

/// <summary>
/// What cannot be linked: each fixture names, for each profile, the texts that its error must contain, or says
/// that the profile can link it.
/// </summary>
public sealed class ErrorFixtureTests
{
    private const string Fine = "ok";

    public static TheoryData<string, Profile> Cases()
    {
        var data = new TheoryData<string, Profile>();
        foreach (var file in Directory.GetFiles(Fixture.PathOf("errors")).Order(StringComparer.Ordinal))
        {
            data.Add(Path.GetFileName(file), Profile.Static);
            data.Add(Path.GetFileName(file), Profile.Xjar);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_error_says_where_what_and_what_to_change(string file, Profile profile)
    {
        var expected = ReadExpected(file, profile);
        Assert.NotEmpty(expected);
        var elf = Fixture.ReadElf("error-" + Path.GetFileNameWithoutExtension(file));

        var result = ElfLinker.Link(elf, new LinkOptions { Profile = profile });
        if (expected is [Fine])
        {
            Assert.True(result.Succeeded, string.Join('\n', result.Errors));
            return;
        }

        Assert.False(result.Succeeded);
        var messages = string.Join('\n', result.Errors);
        foreach (var text in expected)
        {
            Assert.Contains(text, messages, StringComparison.Ordinal);
        }
    }

    private static List<string> ReadExpected(string file, Profile profile)
    {
        var key = profile == Profile.Static ? "static: " : "xjar: ";
        return [.. File.ReadLines(Fixture.PathOf(Path.Combine("errors", file)))
            .TakeWhile(l => l.Length != 0)
            .Select(l => l.TrimStart('#', '/').TrimStart())
            .Where(l => l.StartsWith(key, StringComparison.Ordinal))
            .Select(l => l[key.Length..])];
    }
}
