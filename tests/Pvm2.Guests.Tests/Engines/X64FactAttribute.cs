using System.Runtime.InteropServices;
using Xunit;

namespace Pvm2.Guests.Tests.Engines;

/// <summary>A test that runs executables for Linux on x86-64; skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class X64FactAttribute : FactAttribute
{
    public X64FactAttribute()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            Skip = "Needs Linux on x86-64.";
        }
    }
}
