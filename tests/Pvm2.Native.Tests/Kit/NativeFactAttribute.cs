using Xunit;

namespace Pvm2.Native.Tests.Kit;

/// <summary>A fact that is skipped where the native tier cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute()
    {
        if (!NativeTier.Support.IsSupported)
        {
            Skip = NativeTier.Support.Reason;
        }
    }
}
