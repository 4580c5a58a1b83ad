using Xunit;

namespace Pvm2.Guests.Tests;

/// <summary>A test that builds Rust guests. It is skipped where Debian's compiler or library sources are missing:
/// they are large, and the C and C++ guests stand for the build script as well.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RustFactAttribute : FactAttribute
{
    private const string Compiler = "/usr/bin/rustc";
    private const string Library = "/usr/src/rustc-1.96.0/library/core/src/lib.rs";
    private const string Linker = "/usr/bin/ld.lld-19";

    public RustFactAttribute()
    {
        var missing = new[] { Compiler, Library, Linker }.Where(file => !File.Exists(file)).ToList();
        if (missing.Count != 0)
        {
            Skip = $"Not installed: {string.Join(", ", missing)}.";
        }
    }
}
