using Xunit;

namespace Pvm2.Native.Tests.Kit;

/// <summary>A theory that is skipped where the native tier cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeTheoryAttribute : TheoryAttribute
{
    public NativeTheoryAttribute()
    {
        if (!NativeTier.Support.IsSupported)
        {
            Skip = NativeTier.Support.Reason;
        }
    }
}
