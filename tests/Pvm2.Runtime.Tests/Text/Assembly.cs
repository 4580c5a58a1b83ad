using Pvm2.Runtime.Isa;
using Pvm2.Runtime.Programs;
using Pvm2.Runtime.Text;
using Xunit;

namespace Pvm2.Runtime.Tests.Text;

/// <summary>Shorthands for tests that assemble.</summary>
internal static class Assembly
{
    /// <summary>Assembles a source that must have no errors.</summary>
    internal static GuestProgram Program(string source, Profile profile = Profile.Static, bool compress = true)
    {
        var result = Assembler.Assemble(source, new AssemblerOptions { Profile = profile, Compress = compress });
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return result.Program;
    }

    /// <summary>The code of a source in hexadecimal.</summary>
    internal static string Code(string source, Profile profile = Profile.Static, bool compress = true) =>
        Convert.ToHexStringLower(Program(source, profile, compress).Code.Span);

    /// <summary>The errors of a source, each as <c>line:column: message</c>.</summary>
    internal static IReadOnlyList<string> Errors(string source, Profile profile = Profile.Static)
    {
        var result = Assembler.Assemble(source, new AssemblerOptions { Profile = profile });
        Assert.False(result.Succeeded);
        return [.. result.Diagnostics.Select(d => d.ToString())];
    }
}
